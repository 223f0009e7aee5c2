using System.Globalization;
using System.Text;

namespace Nagare.Storage;

/// <summary>Asks the stored events whether they are as a journal leaves them: positions and versions dense, the head at their end, no time in the future.</summary>
/// <remarks>The statements are such as every database takes, and hold no value but numbers.</remarks>
/// <param name="place">Where the journal is, for a person.</param>
/// <param name="query">Runs a statement and gives its rows.</param>
/// <param name="clock">The clock of this machine.</param>
/// <param name="table">What the table of events is called in a statement.</param>
public sealed class EventExamination(string place, Func<string, CancellationToken, ValueTask<IReadOnlyList<object?[]>>> query, TimeProvider clock, string table = "nagare_events")
{
    /// <summary>Positions looked at together in a sample.</summary>
    private const int SamplePositions = 1_000;

    /// <summary>Samples taken: the oldest, the newest, and between them.</summary>
    private const int Samples = 20;

    /// <summary>Streams named in a finding.</summary>
    private const int NamedStreams = 5;

    // Clocks of two machines differ by less, unless one of them is wrong.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    private readonly List<JournalFinding> _findings = [];

    private string ReadLast => $"""
        select max(position) from {table}
        """;

    private string ReadAllPositions => $"""
        select count(*), min(position), max(position) from {table}
        """;

    private string ReadNewestTime => $"""
        select recorded_at from {table} where position = (select max(position) from {table})
        """;

    private string ReadBrokenStreams => $"""
        select stream_id, count(*), min(version), max(version) from {table} group by stream_id having count(*) <> max(version) or min(version) <> 1
        """;

    /// <summary>Looks at the events.</summary>
    /// <param name="readHead">Reads the head's position, where the database keeps one beside the events; it may move meanwhile.</param>
    /// <param name="isFull">Whether at all of them, rather than at samples.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async ValueTask<IReadOnlyList<JournalFinding>> Run(Func<CancellationToken, ValueTask<long>>? readHead, bool isFull, CancellationToken cancellationToken)
    {
        var before = readHead is null ? 0 : await readHead(cancellationToken).ConfigureAwait(false);
        var last = await Number(ReadLast, cancellationToken).ConfigureAwait(false) ?? 0;
        // Appends go on while it is asked: the last event was between where the head stood before and where it stands now.
        if (readHead is not null && last != before && (last < before || await readHead(cancellationToken).ConfigureAwait(false) < last))
        {
            _findings.Add(new JournalFinding(
                "events.head",
                FindingSeverity.Error,
                $"The head of the journal in {place} stands at position {before}, its last event at {last}.",
                before > last ? "Events at the end are gone, or a backup holds the head of another moment." : "The next append is refused by a unique key, because its position is taken.",
                "Find out who wrote to the tables; restore from an export or a backup that agrees with itself."));
        }

        if (last > 0)
        {
            await CheckTime(cancellationToken).ConfigureAwait(false);
            if (isFull)
            {
                await CheckAllPositions(cancellationToken).ConfigureAwait(false);
                await CheckVersions(ReadBrokenStreams, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await CheckSamples(last, cancellationToken).ConfigureAwait(false);
            }
        }

        return _findings;
    }

    private async ValueTask CheckTime(CancellationToken cancellationToken)
    {
        var newest = await Number(ReadNewestTime, cancellationToken).ConfigureAwait(false) ?? 0;
        if (newest > UnixMicroseconds.FromInstant(clock.GetUtcNow() + ClockTolerance))
        {
            // Whoever wrote it beside the journal may have written a time that no calendar has.
            var time = UnixMicroseconds.ToInstant(Math.Min(newest, UnixMicroseconds.FromInstant(DateTimeOffset.MaxValue)));
            _findings.Add(new JournalFinding(
                "events.future",
                FindingSeverity.Warning,
                string.Create(CultureInfo.InvariantCulture, $"The newest event says it was recorded at {time:yyyy-MM-dd HH:mm:ss} UTC, which is in the future of this machine's clock."),
                "Recorded times never run backwards, so every event from now until then gets that same time, and reading by time cannot tell them apart.",
                "Compare the clocks of all machines that write; one of them was, or is, ahead."));
        }
    }

    private async ValueTask CheckAllPositions(CancellationToken cancellationToken)
    {
        var row = (await query(ReadAllPositions, cancellationToken).ConfigureAwait(false))[0];
        var (count, first, last) = (ToNumber(row[0]), ToNumber(row[1]), ToNumber(row[2]));
        if (first != 1 || count != last)
        {
            AddGap($"The journal in {place} holds {count} events from position {first} to {last}; without a gap it would hold {last}.");
        }
    }

    private async ValueTask CheckSamples(long last, CancellationToken cancellationToken)
    {
        foreach (var (after, until) in SampleRanges(last))
        {
            var range = string.Create(CultureInfo.InvariantCulture, $"position > {after} and position <= {until}");
            var count = await Number($"select count(*) from {table} where {range}", cancellationToken).ConfigureAwait(false);
            if (count != until - after)
            {
                AddGap($"The journal in {place} holds {count} events at the {until - after} positions from {after + 1} to {until}.");
            }
        }

        // The streams of the newest events, whole.
        var (newestAfter, newestUntil) = SampleRanges(last)[^1];
        await CheckVersions(
            string.Create(CultureInfo.InvariantCulture, $"""
                select stream_id, count(*), min(version), max(version) from {table}
                where stream_id in (select stream_id from {table} where position > {newestAfter} and position <= {newestUntil})
                group by stream_id having count(*) <> max(version) or min(version) <> 1
                """),
            cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask CheckVersions(string sql, CancellationToken cancellationToken)
    {
        var broken = await query(sql, cancellationToken).ConfigureAwait(false);
        if (broken.Count > 0)
        {
            var named = string.Join(", ", broken.Take(NamedStreams).Select(row => $"{VisibleText.Line(Text(row[0]))} ({ToNumber(row[1])} events, versions {ToNumber(row[2])} to {ToNumber(row[3])})"));
            _findings.Add(new JournalFinding(
                "events.versions",
                FindingSeverity.Error,
                $"{broken.Count} streams of the journal in {place} have gaps in their versions: {named}{(broken.Count > NamedStreams ? ", …" : "")}.",
                "A state folded from such a stream is wrong, and nothing says so.",
                "Events were removed or inserted beside the journal; find out who did, and restore from an export or a backup."));
        }
    }

    private void AddGap(string what) => _findings.Add(new JournalFinding(
        "events.positions",
        FindingSeverity.Error,
        what,
        "Positions are given without gaps, so events were removed or inserted beside the journal; whoever follows it has seen others than it holds.",
        "Find out who wrote to the tables; restore from an export or a backup."));

    private static List<(long After, long Until)> SampleRanges(long last)
    {
        var ranges = new List<(long, long)>();
        var step = Math.Max(SamplePositions, last / Samples);
        for (var after = 0L; after + SamplePositions < last; after += step)
        {
            ranges.Add((after, after + SamplePositions));
        }

        ranges.Add((Math.Max(0, last - SamplePositions), last));
        return ranges;
    }

    private async ValueTask<long?> Number(string sql, CancellationToken cancellationToken) =>
        await query(sql, cancellationToken).ConfigureAwait(false) is [[not null and var value, ..], ..] ? ToNumber(value) : null;

    // Where ids are kept as bytes, those of their UTF-8.
    private static string Text(object? value) => value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : (string)value!;

    private static long ToNumber(object? value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
