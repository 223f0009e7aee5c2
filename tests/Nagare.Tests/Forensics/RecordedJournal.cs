using System.Data.Common;
using System.Runtime.CompilerServices;
using Nagare.Storage;

namespace Nagare.Tests.Forensics;

/// <summary>
/// A journal as a list, which also holds what a real one never would (causes in a circle, lost events) and counts what is read. It is
/// the naive reading of the contract, so that the tools can be compared with it.
/// </summary>
internal sealed class RecordedJournal(EventModel model) : IJournal, IEnvelopeReader
{
    public static readonly DateTimeOffset Start = new(2026, 7, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly List<Envelope> _events = [];
    private readonly Dictionary<StreamId, long> _versions = [];

    public IReadOnlyList<Envelope> Events => _events;

    public int EventsDelivered { get; private set; }

    public int Queries { get; private set; }

    public Envelope Add(StreamId stream, object e, EventMetadata? metadata = null, Guid? id = null, string payload = "")
    {
        var type = model.Find(e.GetType());
        _versions[stream] = _versions.GetValueOrDefault(stream) + 1;
        var envelope = new Envelope
        {
            Position = _events.Count + 1,
            StreamId = stream,
            Version = _versions[stream],
            EventId = id ?? new Guid(_events.Count + 1, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0),
            Family = type?.Family ?? stream.Category,
            TypeName = type?.Name ?? e.GetType().Name,
            SchemaVersion = 1,
            Event = e,
            Data = System.Text.Encoding.UTF8.GetBytes(payload),
            Metadata = metadata ?? EventMetadata.None,
            RecordedAt = Start.AddSeconds(_events.Count),
        };
        _events.Add(envelope);
        return envelope;
    }

    public IAsyncEnumerable<Envelope> Read(JournalScope scope, CancellationToken cancellationToken = default) => Read(scope, ReadDirection.Forwards, cancellationToken);

    public async IAsyncEnumerable<Envelope> Read(JournalScope scope, ReadDirection direction, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var byOccurred = scope.Time == TimeBasis.Occurred && (scope.From ?? scope.To) is not null;
        var events = _events.Where(e => IsIn(e, scope)).OrderBy(e => byOccurred ? e.OccurredAt : null).ThenBy(e => e.Position).ToList();
        if (direction == ReadDirection.Backwards)
        {
            events.Reverse();
        }

        foreach (var e in events)
        {
            await Task.CompletedTask;
            EventsDelivered++;
            yield return e;
        }
    }

    public async IAsyncEnumerable<Envelope> Read(StoredQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Queries++;
        foreach (var e in _events.Where(e => IsFound(e, query)).Take(query.Limit).ToList())
        {
            await Task.Yield();
            yield return e;
        }
    }

    public IAsyncEnumerable<Envelope> ReadStored(StoredQuery query, CancellationToken cancellationToken) => Read(query, cancellationToken);

    public ValueTask<Position> Head(CancellationToken cancellationToken = default) => new(new Position(_events.Count));

    public ValueTask<Envelope?> Find(Guid eventId, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<AppendResult?> FindAppend(Guid appendId, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<AppendResult> Append(AppendRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<AppendResult> Append(StreamId stream, ExpectedVersion expected, IReadOnlyList<object> events, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<AppendResult> Append(StreamId stream, ExpectedVersion expected, IReadOnlyList<object> events, EventMetadata metadata, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<AppendResult> AppendIn(DbTransaction transaction, AppendRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<AppendResult> AppendIn(DbTransaction transaction, StreamId stream, ExpectedVersion expected, IReadOnlyList<object> events, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private static bool IsIn(Envelope e, JournalScope scope)
    {
        var time = scope.Time == TimeBasis.Occurred ? e.OccurredAt : e.RecordedAt;
        return (scope.Stream is not { } stream || e.StreamId == stream)
            && (scope.Category is not { } category || e.StreamId.Category == category)
            && (scope.CorrelationId is not { } correlation || e.Metadata.CorrelationId == correlation)
            && (scope.Subject is not { } subject || e.Metadata.Subject == subject)
            && (scope.From is not { } from || time >= from)
            && (scope.To is not { } to || time < to)
            && e.Position > scope.After
            && (scope.Until is not { } until || e.Position <= until);
    }

    private static bool IsFound(Envelope e, StoredQuery query) => query.Path switch
    {
        StoredPath.Stream => e.StreamId.ToString() == query.Key && e.Version.Value > query.After && e.Version.Value <= query.Until,
        StoredPath.EventId => e.EventId == new Guid(query.KeyBytes.Span, bigEndian: true),
        StoredPath.Cause => e.Metadata.FurtherCauses.Append(e.Metadata.CausationId ?? new CausationId("none")).Contains(CausationId.FromBytes(query.KeyBytes.Span))
            && e.Position.Value > query.After && e.Position.Value <= query.Until,
        _ => throw new NotSupportedException(query.Path.ToString()),
    };
}
