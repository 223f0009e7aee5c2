using System.Runtime.CompilerServices;
using Nagare.Storage;

namespace Nagare;

/// <summary>Reads envelopes page by page along one path. Everything that reads a journal as envelopes goes through here.</summary>
internal sealed class JournalReader(EventModel model, IJournalStorage storage, UnknownEventPolicy unknownEvents) : IEnvelopeReader
{
    public EventModel Model => model;

    /// <summary>See <see cref="IJournalStorage.SystemName"/>.</summary>
    public string SystemName => storage.SystemName;

    /// <summary>A decoder of one's own.</summary>
    public EventDecoder NewDecoder() => new(model, unknownEvents);

    /// <summary>What finds and keeps snapshots of one kind of aggregate.</summary>
    public SnapshotKeeper<TAggregate> Snapshots<TAggregate>(SnapshotPolicy<TAggregate> policy, EventFamily family, SnapshotWriter writer) =>
        new(policy, family, unknownEvents, storage, writer);

    /// <summary>One page of stored events for a decoder: whole ones where an upcaster may ask for what a fold leaves out.</summary>
    public ValueTask<int> ReadStored(StoredQuery query, IStoredEventSink sink, CancellationToken cancellationToken) =>
        storage.Read(model.UpcastersReadEnvelope ? query with { Detail = StoredDetail.Full } : query, sink, cancellationToken);

    /// <summary>The events of a scope. The scope is checked here, not at the first event.</summary>
    public IAsyncEnumerable<Envelope> Read(JournalScope scope, ReadDirection direction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var query = ScopePath.Choose(scope, direction);
        return ReadScope(scope, query, new ScopeFilter(scope, query.Path, direction), cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Envelope> Read(StoredQuery query, CancellationToken cancellationToken) => ReadPath(query, NewDecoder(), ScopeFilter.None, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<Envelope> ReadStored(StoredQuery query, CancellationToken cancellationToken) =>
        ReadPath(query, new EventDecoder(model, unknownEvents) { GivesLeftOut = true }, ScopeFilter.None, cancellationToken);

    /// <summary>The event of this id, or the first of those into which it was split; null where there is none.</summary>
    public async ValueTask<Envelope?> Find(Guid eventId, CancellationToken cancellationToken)
    {
        var page = new EnvelopePage(NewDecoder(), ScopeFilter.None, ReadDirection.Forwards);
        var query = new StoredQuery { Path = StoredPath.EventId, KeyBytes = eventId.ToByteArray(bigEndian: true), Until = long.MaxValue, Limit = 1 };
        await ReadStored(query, page, cancellationToken).ConfigureAwait(false);
        page.ThrowIfFailed();
        return page.Envelopes is [var found, ..] ? found : null;
    }

    private async IAsyncEnumerable<Envelope> ReadScope(JournalScope scope, StoredQuery query, ScopeFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A stream is short and ordered by time as well: reading past its ends costs less than the search.
        if (query.Path is not StoredPath.Stream && scope.Time == TimeBasis.Recorded)
        {
            query = await RecordedTimeSearch.Narrow(storage, query, ScopePath.FirstMicrosecond(scope), ScopePath.EndMicrosecond(scope), cancellationToken).ConfigureAwait(false);
        }

        await foreach (var envelope in ReadPath(query, NewDecoder(), filter, cancellationToken).ConfigureAwait(false))
        {
            yield return envelope;
        }
    }

    // The query's limit is the most stored events it reads altogether; upcasters may make more or fewer of them.
    private async IAsyncEnumerable<Envelope> ReadPath(StoredQuery query, EventDecoder decoder, ScopeFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var page = new EnvelopePage(decoder, filter, query.Direction);
        var left = query.Limit;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            query = query with { Limit = Math.Min(left, ScopePath.PageEvents) };
            var read = await ReadStored(query, page, cancellationToken).ConfigureAwait(false);
            foreach (var envelope in page.Envelopes)
            {
                yield return envelope;
            }

            page.ThrowIfFailed();
            left -= read;
            if (left == 0 || !page.HasMore(read, query.Limit))
            {
                yield break;
            }

            query = page.Next(query);
        }
    }
}
