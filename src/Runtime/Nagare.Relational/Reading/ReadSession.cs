namespace Nagare.Storage;

/// <summary>One connection that reads, as a database provides it. Used by one caller at a time; holds no transaction between calls.</summary>
public abstract class ReadSession : IAsyncDisposable
{
    /// <summary>Whether the connection broke and the session is to be closed rather than used again.</summary>
    public bool IsBroken { get; protected set; }

    /// <inheritdoc cref="IJournalStorage.Read"/>
    public abstract ValueTask<int> Read(StoredQuery query, IStoredEventSink sink, CancellationToken cancellationToken);

    /// <inheritdoc cref="IJournalStorage.ReadHead"/>
    public abstract ValueTask<JournalHead> ReadHead(CancellationToken cancellationToken);

    /// <inheritdoc cref="IJournalStorage.ReadTypes"/>
    public abstract ValueTask<IReadOnlyList<StoredEventType>> ReadTypes(CancellationToken cancellationToken);

    /// <inheritdoc cref="IJournalStorage.ReadRestores"/>
    public abstract ValueTask<IReadOnlyList<RestoreRecord>> ReadRestores(CancellationToken cancellationToken);

    /// <inheritdoc cref="ITreeStorage.ReadTreeRows"/>
    public abstract ValueTask<IReadOnlyList<TreeRow>> ReadTreeRows(TreeKind tree, int level, long firstIndex, int limit, CancellationToken cancellationToken);

    /// <inheritdoc cref="ITreeStorage.NextTreeIndex"/>
    public abstract ValueTask<long> NextTreeIndex(TreeKind tree, int level, CancellationToken cancellationToken);

    /// <inheritdoc cref="IJournalStorage.ReadSnapshot"/>
    public abstract ValueTask<FoundSnapshot?> ReadSnapshot(string stream, string aggregate, CancellationToken cancellationToken);

    /// <summary>Closes the connection.</summary>
    public abstract ValueTask DisposeAsync();
}
