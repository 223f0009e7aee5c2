using System.Security.Cryptography;
using Nagare.Storage;

namespace Nagare.Testing;

/// <summary>Compares what callers were told with what a journal holds: a stream already is a list, so the comparison proves the promises outright.</summary>
internal static class History
{
    private const int MaxShownBytes = 64;

    /// <summary>What every journal looks like whatever was done to it. Returns all its rows.</summary>
    public static async Task<IReadOnlyList<StoredRow>> Sound(this JournalUnderTest journal)
    {
        var rows = await journal.Storage.All(journal.Cancellation).ConfigureAwait(false);
        var head = await journal.Storage.ReadHead(journal.Cancellation).ConfigureAwait(false);
        Promise.Same([.. Enumerable.Range(1, rows.Count).Select(i => (long)i)], [.. rows.Select(row => row.Position)], "positions are dense from 1", "positions");
        Promise.Equal(rows is [.., var last] ? new JournalHead(last.Position, last.RecordedAt) : default, head, "the head is the newest event", "the head");
        Promise.Equal(rows.Count, rows.Select(row => row.EventId).Distinct().Count(), "event ids are unique", "distinct event ids");
        for (var i = 1; i < rows.Count; i++)
        {
            Promise.That(rows[i - 1].RecordedAt <= rows[i].RecordedAt, "recorded times never run backwards", $"position {rows[i].Position} was recorded at {rows[i].RecordedAt}, the one before at {rows[i - 1].RecordedAt}");
        }

        foreach (var stream in rows.GroupBy(row => row.StreamId, StringComparer.Ordinal))
        {
            Promise.Same([.. Enumerable.Range(1, stream.Count()).Select(i => (long)i)], [.. stream.Select(row => row.Version)], "versions are dense from 1, in the order of positions", stream.Key);
            Promise.That(stream.Select(row => row.Family).Distinct(StringComparer.Ordinal).Count() == 1, "a stream holds one family", stream.Key);
        }

        return rows;
    }

    /// <summary>Acknowledged is there, byte for byte and where the answer said; refused and withdrawn is not; unknown is there once, whole, or not at all.</summary>
    public static void Check(IEnumerable<Outcome> outcomes, IReadOnlyList<StoredRow> rows)
    {
        var stored = rows.ToDictionary(row => row.EventId);
        foreach (var (append, result, error) in outcomes)
        {
            var events = append.Streams.SelectMany(stream => stream.Events.Select(e => (stream.StreamId, Event: e))).ToList();
            var found = events.Count(e => stored.ContainsKey(e.Event.EventId));
            if (result is not null)
            {
                Promise.That(found == events.Count, "an acknowledged append is stored, all of it", $"append {append.AppendId} at positions {result.FirstPosition} to {result.LastPosition}: {events.Count} acknowledged, {found} stored");
                CheckAnswer(append, result, [.. events.Select(e => stored[e.Event.EventId])]);
                CheckContent(events, stored);
            }
            else if (error is AppendOutcomeUnknownException)
            {
                Promise.That(found == 0 || found == events.Count, "an append of unknown outcome is stored whole or not at all", $"append {append.AppendId}: {found} of {events.Count} events stored");
            }
            else if (error is not AppendIdReusedException)
            {
                Promise.That(found == 0, "a refused or withdrawn append stores nothing", $"append {append.AppendId} ended in {error!.GetType().Name}, {found} of its events are stored");
            }
        }
    }

    /// <summary>All that was handed in, in the order of its columns, as text that a person can compare.</summary>
    public static string Content(StoredRow row) =>
        $"{row.StreamId} {row.EventId} {row.Family}/{row.Type} v{row.SchemaVersion} data {Bytes(row.Data)} metadata {Bytes(row.Metadata)} correlation {row.CorrelationId ?? "-"} cause {Bytes(row.CausationId)} "
        + $"trace {row.TraceParent ?? "-"} actor {row.Actor ?? "-"} subject {row.Subject ?? "-"} occurred {row.OccurredAt?.ToString(null, null) ?? "-"} salt {Bytes(row.Salt)} hash {Bytes(row.ContentHash)}";

    /// <summary>The same with what the journal assigned.</summary>
    public static string Whole(StoredRow row) => $"{row.Position} v{row.Version} at {row.RecordedAt} {Content(row)}";

    /// <summary>Bytes as hexadecimal digits; long ones by their length and hash.</summary>
    private static string Bytes(ReadOnlyMemory<byte> bytes) =>
        bytes.Length <= MaxShownBytes ? Convert.ToHexString(bytes.Span) : $"({bytes.Length} bytes, {Convert.ToHexString(SHA256.HashData(bytes.Span))})";

    private static void CheckAnswer(PreparedAppend append, AppendResult result, IReadOnlyList<StoredRow> rows)
    {
        const string Promised = "the answer says where the events are";
        Promise.Equal(append.AppendId, result.AppendId, Promised, "the append id");
        Promise.Equal(append.EventCount, result.EventCount, Promised, "the number of events");
        Promise.Same([.. Enumerable.Range(0, rows.Count).Select(i => result.FirstPosition.Value + i)], [.. rows.Select(row => row.Position)], "the events of an append stand together, in their order", $"positions of append {append.AppendId}");
        if (rows is [.., var last])
        {
            Promise.Equal(last.Position, result.LastPosition.Value, Promised, "the last position");
            Promise.Equal(UnixMicroseconds.ToInstant(last.RecordedAt), result.RecordedAt, Promised, "the recorded time");
        }

        foreach (var stream in result.Streams)
        {
            var versions = rows.Where(row => row.StreamId == stream.StreamId.ToString()).Select(row => row.Version).ToList();
            Promise.That(versions.Count == 0 || versions[^1] == stream.Version.Value, Promised, $"{stream.StreamId} was said to be at version {stream.Version}, its last event there is version {(versions is [.., var v] ? v : 0)}");
        }
    }

    private static void CheckContent(IReadOnlyList<(StreamId StreamId, PreparedEvent Event)> events, Dictionary<Guid, StoredRow> stored)
    {
        foreach (var (stream, e) in events)
        {
            var row = stored[e.EventId];
            var expected = Content(new PlannedEvent(row.Position, stream, row.Version, row.RecordedAt, e).ToRow());
            Promise.Equal(expected, Content(row), "bytes in are bytes out, in every column", $"position {row.Position}");
        }
    }
}
