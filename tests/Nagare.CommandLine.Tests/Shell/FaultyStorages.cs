using Nagare.Storage;
using Nagare.Testing;

namespace Nagare.CommandLine.Tests;

/// <summary>A journal in memory whose appends go through a test's hands.</summary>
/// <param name="beforeAppend">Called with the number of the append, from 1, before it is stored.</param>
internal sealed class FaultyStorages(Func<int, ValueTask> beforeAppend) : IStorages
{
    private readonly InMemoryJournal _journal = new();
    private int _appends;

    public bool Exists(string name) => true;

    public IJournalStorage Open(string name) => new Storage(this, new InMemoryStorage(_journal));

    private sealed class Storage(FaultyStorages faults, InMemoryStorage storage) : IJournalStorage
    {
        public ValueTask Open(CancellationToken cancellationToken) => storage.Open(cancellationToken);

        public async ValueTask<AppendResult> Append(PreparedAppend append, CancellationToken cancellationToken)
        {
            await faults.BeforeAppend().ConfigureAwait(false);
            return await storage.Append(append, cancellationToken).ConfigureAwait(false);
        }

        public ValueTask<int> Read(StoredQuery query, IStoredEventSink sink, CancellationToken cancellationToken) => storage.Read(query, sink, cancellationToken);

        public ValueTask<JournalHead> ReadHead(CancellationToken cancellationToken) => storage.ReadHead(cancellationToken);

        public ValueTask<IReadOnlyList<StoredEventType>> ReadTypes(CancellationToken cancellationToken) => storage.ReadTypes(cancellationToken);

        public ValueTask<JournalHead> Restore(IAsyncEnumerable<StoredRow> rows, IReadOnlyList<StoredEventType> types, RestoreRecord record, CancellationToken cancellationToken) =>
            storage.Restore(rows, types, record, cancellationToken);

        public ValueTask<IReadOnlyList<RestoreRecord>> ReadRestores(CancellationToken cancellationToken) => storage.ReadRestores(cancellationToken);

        public ValueTask DisposeAsync() => storage.DisposeAsync();
    }

    private ValueTask BeforeAppend() => beforeAppend(Interlocked.Increment(ref _appends));
}
