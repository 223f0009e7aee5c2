using System.Data.Common;
using System.Diagnostics;
using Nagare.Storage;

namespace Nagare;

/// <summary>The journal over any storage. An application gets it as <see cref="IJournal"/> from <c>AddNagare</c>; a program without a container opens one here.</summary>
public sealed class Journal : IJournal, IAsyncDisposable, IDisposable
{
    private readonly AppendPreparation _preparation;
    private readonly OnDemandStorage _storage;

    internal Journal(EventModel model, OnDemandStorage storage, JournalOptions options)
    {
        _preparation = new AppendPreparation(model, options);
        _storage = storage;
        Reader = new JournalReader(model, storage, options.UnknownEvents);
        Clock = options.Clock;
    }

    internal JournalReader Reader { get; }

    internal TimeProvider Clock { get; }

    internal bool Redacts => _preparation.Redacts;

    /// <summary>Opens a journal without a container. Disposing it closes the storage.</summary>
    /// <param name="model">What its events are; see <see cref="EventModelBuilder"/>.</param>
    /// <param name="storage">Where they are kept.</param>
    /// <param name="options">How it behaves; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="JournalSchemaException">The tables are missing, or of another format version.</exception>
    /// <exception cref="JournalUnavailableException">The database cannot be reached, or its engine is too old.</exception>
    public static async ValueTask<Journal> Open(EventModel model, IJournalStorage storage, JournalOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(storage);
        var opened = new OnDemandStorage(storage);
        await opened.Open(cancellationToken).ConfigureAwait(false);
        return new Journal(model, opened, options ?? new JournalOptions());
    }

    /// <inheritdoc/>
    public ValueTask<AppendResult> Append(StreamId stream, ExpectedVersion expected, IReadOnlyList<object> events, CancellationToken cancellationToken = default) =>
        Append(stream, expected, events, EventMetadata.None, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<AppendResult> Append(StreamId stream, ExpectedVersion expected, IReadOnlyList<object> events, EventMetadata metadata, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Spans.AreHeard || _storage.IsFull
            ? AppendInTurn(stream, expected, events, metadata, cancellationToken)
            : _storage.Append(_preparation.Prepare(stream, expected, events, metadata, Ambient.Capture()), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<AppendResult> Append(AppendRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (request is not { Participate: { } participate })
        {
            return Spans.AreHeard || _storage.IsFull
                ? AppendInTurn(request, cancellationToken)
                : _storage.Append(_preparation.Prepare(request, Ambient.Capture()), cancellationToken);
        }

        // Without events nothing is kept under the append's id, so that nobody could tell later whether the code's work was committed.
        var prepared = _preparation.Prepare(request, Ambient.Capture());
        return prepared.EventCount > 0
            ? Append(prepared, participate, cancellationToken)
            : throw new ArgumentException("An append in which code takes part needs at least one event.", nameof(request));
    }

    /// <inheritdoc/>
    public ValueTask<AppendResult> AppendIn(DbTransaction transaction, AppendRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        cancellationToken.ThrowIfCancellationRequested();
        return request is { Participate: not null }
            ? throw new ArgumentException("An append in your own transaction takes no participating code: run it in the transaction, before or after the append.", nameof(request))
            : AppendIn(transaction, _preparation.Prepare(request, Ambient.Capture()), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<AppendResult> AppendIn(DbTransaction transaction, StreamId stream, ExpectedVersion expected, IReadOnlyList<object> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        cancellationToken.ThrowIfCancellationRequested();
        return AppendIn(transaction, _preparation.Prepare(stream, expected, events, EventMetadata.None, Ambient.Capture()), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<AppendResult?> FindAppend(Guid appendId, CancellationToken cancellationToken = default)
    {
        var sink = new StoredAppendSink(appendId);
        var first = new StoredQuery { Path = StoredPath.EventId, KeyBytes = appendId.ToByteArray(bigEndian: true), Until = long.MaxValue, Limit = 1 };
        if (await _storage.Read(first, sink, cancellationToken).ConfigureAwait(false) == 0)
        {
            return null;
        }

        int met;
        do
        {
            met = sink.Count;
            var page = new StoredQuery { Path = StoredPath.Journal, After = sink.Last, Until = long.MaxValue, Limit = ScopePath.PageEvents };
            await _storage.Read(page, sink, cancellationToken).ConfigureAwait(false);
        }
        while (sink.Count - met == ScopePath.PageEvents && sink.Count < JournalLimits.MaxAppendEvents);

        return sink.Result();
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Envelope> Read(JournalScope scope, CancellationToken cancellationToken = default) =>
        Reader.Read(scope, ReadDirection.Forwards, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<Envelope> Read(JournalScope scope, ReadDirection direction, CancellationToken cancellationToken = default) =>
        Reader.Read(scope, direction, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Envelope?> Find(Guid eventId, CancellationToken cancellationToken = default) => Reader.Find(eventId, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<Position> Head(CancellationToken cancellationToken = default) =>
        (await _storage.ReadHead(cancellationToken).ConfigureAwait(false)).Position;

    // Methods of their own, because what a lambda takes along is allocated where the method begins.
    private ValueTask<AppendResult> Append(PreparedAppend prepared, AppendParticipant participate, CancellationToken cancellationToken) => Spans.AreHeard
        ? AppendShared(prepared, Spans.ByParticipant, append => _storage.Append(append, participate, cancellationToken))
        : _storage.Append(prepared, participate, cancellationToken);

    private ValueTask<AppendResult> AppendIn(DbTransaction transaction, PreparedAppend prepared, CancellationToken cancellationToken) => Spans.AreHeard
        ? AppendShared(prepared, Spans.ByCaller, append => _storage.AppendIn(append, transaction, cancellationToken))
        : _storage.AppendIn(prepared, transaction, cancellationToken);

    private ValueTask<AppendResult> AppendInTurn(StreamId stream, ExpectedVersion expected, IReadOnlyList<object> events, EventMetadata metadata, CancellationToken cancellationToken)
    {
        var ambient = Ambient.Capture();
        return AppendInTurn(() => _preparation.Prepare(stream, expected, events, metadata, ambient), stream, streams: 1, cancellationToken);
    }

    private ValueTask<AppendResult> AppendInTurn(AppendRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(request.Streams);
        var ambient = Ambient.Capture();
        return AppendInTurn(() => _preparation.Prepare(request, ambient), request.Streams is [{ } only] ? only.StreamId : default, request.Streams.Count, cancellationToken);
    }

    private async ValueTask<AppendResult> AppendInTurn(Func<PreparedAppend> prepare, StreamId stream, int streams, CancellationToken cancellationToken)
    {
        using var span = Spans.StartAppend(_storage.SystemName, stream, streams);
        return await Answered(span, () => _storage.AppendInTurn(span is null ? prepare : () => Told(span, prepare()), cancellationToken)).ConfigureAwait(false);
    }

    // An append whose transaction somebody shares.
    private async ValueTask<AppendResult> AppendShared(PreparedAppend append, string sharedBy, Func<PreparedAppend, ValueTask<AppendResult>> store)
    {
        using var span = Spans.StartAppend(_storage.SystemName, append.Streams is [{ } only] ? only.StreamId : default, append.Streams.Count);
        span?.SetTag(Spans.SharedBy, sharedBy);
        return await Answered(span, () => store(span is null ? append : Told(span, append))).ConfigureAwait(false);
    }

    private static async ValueTask<AppendResult> Answered(Activity? span, Func<ValueTask<AppendResult>> store)
    {
        try
        {
            var result = await store().ConfigureAwait(false);
            span?.SetTag(Spans.LastPosition, result.LastPosition.Value);
            span?.SetTag(Spans.WasStoredBefore, result.WasStoredBefore);
            return result;
        }
        catch (Exception e)
        {
            Spans.Fail(span, e);
            throw;
        }
    }

    private static PreparedAppend Told(Activity span, PreparedAppend append)
    {
        span.SetTag(Spans.AppendId, append.AppendId.ToString());
        span.SetTag(Spans.Events, append.EventCount);
        return append;
    }

    /// <summary>Closes the storage. What a host's container made, the container closes. A second time does nothing.</summary>
    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    /// <summary>Closes the storage and waits for it. A second time does nothing.</summary>
    public void Dispose() => _storage.Dispose();
}
