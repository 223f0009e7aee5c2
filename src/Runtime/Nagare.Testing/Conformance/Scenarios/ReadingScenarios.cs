using Nagare.Storage;
using static Nagare.ExpectedVersion;

namespace Nagare.Testing;

/// <summary>P 1–8: what each path gives, in both directions, from any bound to any bound, compared with a plain filter over all rows.</summary>
internal static class ReadingScenarios
{
    private const int Events = 120;

    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        ConformanceScenario.Of(ConformanceGroup.Reading, "P1", "Every path gives its events in key order, in both directions, within its bounds", EveryPath),
        ConformanceScenario.Of(ConformanceGroup.Reading, "P2", "A cause finds its events as parent and as further cause, each once", EachCauseOnce),
        ConformanceScenario.Of(ConformanceGroup.Reading, "P3", "Occurred time pages through events of the same instant without loss", SameInstant),
        ConformanceScenario.Of(ConformanceGroup.Reading, "P4", "A read for a fold gives what a fold takes", FoldDetail),
        ConformanceScenario.Of(ConformanceGroup.Reading, "P5", "A read stops as soon as its sink has enough", StopsEarly),
        ConformanceScenario.Of(ConformanceGroup.Reading, "P6", "A key that nothing has gives nothing", NothingThere),
        ConformanceScenario.Of(ConformanceGroup.Reading, "P7", "The journal describes every type it holds, in order", Types),
        ConformanceScenario.Of(ConformanceGroup.Reading, "P8", "Recorded time never runs backwards, even where the clock does", RecordedTime),
    ];

    private static StreamId One { get; } = new(Appends.Family, "one");

    private static async Task EveryPath(JournalUnderTest journal)
    {
        var rows = await Fill(journal).ConfigureAwait(false);
        await Compare(journal, rows, StoredPath.Journal, new StoredQuery { Path = StoredPath.Journal, Limit = 1 }).ConfigureAwait(false);
        foreach (var stream in rows.Select(row => row.StreamId).Distinct(StringComparer.Ordinal))
        {
            await Compare(journal, [.. rows.Where(row => row.StreamId == stream)], StoredPath.Stream, new StoredQuery { Path = StoredPath.Stream, Key = stream, Limit = 1 }).ConfigureAwait(false);
        }

        foreach (var correlation in rows.Select(row => row.CorrelationId).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            await Compare(journal, [.. rows.Where(row => row.CorrelationId == correlation)], StoredPath.Correlation, new StoredQuery { Path = StoredPath.Correlation, Key = correlation, Limit = 1 }).ConfigureAwait(false);
        }

        foreach (var subject in rows.Select(row => row.Subject).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            await Compare(journal, [.. rows.Where(row => row.Subject == subject)], StoredPath.Subject, new StoredQuery { Path = StoredPath.Subject, Key = subject, Limit = 1 }).ConfigureAwait(false);
        }

        foreach (var row in rows)
        {
            var found = await journal.Storage.Find(row.EventId, journal.Cancellation).ConfigureAwait(false);
            Promise.Equal(History.Whole(row), found is null ? "nothing" : History.Whole(found), "an event is found by its id", "the event");
        }
    }

    private static async Task EachCauseOnce(JournalUnderTest journal)
    {
        await Fill(journal).ConfigureAwait(false);
        var named = new CausationId("named twice");
        await journal.Append(Appends.To(One, Any, [Appends.Note("n") with { Cause = named, FurtherCauses = [named, new CausationId("other")] }])).ConfigureAwait(false);
        var rows = await journal.Sound().ConfigureAwait(false);
        var byCause = rows
            .SelectMany(row => Causes(row).Distinct(StringComparer.Ordinal).Select(cause => (Cause: cause, Row: row)))
            .ToLookup(pair => pair.Cause, pair => pair.Row, StringComparer.Ordinal);
        foreach (var cause in byCause)
        {
            await Compare(journal, [.. cause], StoredPath.Cause, new StoredQuery { Path = StoredPath.Cause, KeyBytes = Convert.FromHexString(cause.Key), Limit = 1 }).ConfigureAwait(false);
        }

        static IEnumerable<string> Causes(StoredRow row) => StoredMetadata.FromBytes(row.Metadata.Span).FurtherCauses
            .Select(cause => Convert.ToHexString(cause.ToBytes()))
            .Concat(row.CausationId.IsEmpty ? [] : [Convert.ToHexString(row.CausationId.Span)]);
    }

    private static async Task SameInstant(JournalUnderTest journal)
    {
        long[] instants = [-1, 0, 0, 0, 5, 5, 3, 3, 3, long.MaxValue / 4, 0];
        await journal.Append(Appends.To(One, Any, [.. instants.Select(instant => Appends.Note("n") with { OccurredAt = instant }), Appends.Note("without")])).ConfigureAwait(false);
        var rows = await journal.Sound().ConfigureAwait(false);
        var expected = rows.Where(row => row.OccurredAt is not null).OrderBy(row => row.OccurredAt).ThenBy(row => row.Position).ToList();
        for (var limit = 1; limit <= instants.Length; limit++)
        {
            var seen = new List<StoredRow>();
            var query = new StoredQuery { Path = StoredPath.Occurred, AfterOccurred = long.MinValue, UntilOccurred = long.MaxValue, Until = long.MaxValue, Limit = limit };
            while (await journal.Storage.Page(query, journal.Cancellation).ConfigureAwait(false) is [.., var last] page)
            {
                seen.AddRange(page);
                Promise.That(seen.Count <= rows.Count, "pages by occurred time come to an end", $"{seen.Count} events given, {rows.Count} stored");
                query = query with { AfterOccurred = last.OccurredAt!.Value, After = last.Position };
            }

            Promise.Same([.. expected.Select(row => row.Position)], [.. seen.Select(row => row.Position)], "events come by occurred time and then by position, each once", $"positions in pages of {limit}");
        }

        var between = await journal.Storage.Page(
            new StoredQuery { Path = StoredPath.Occurred, AfterOccurred = 0, After = 3, UntilOccurred = 3, Until = 8, Direction = ReadDirection.Backwards, Limit = instants.Length },
            journal.Cancellation).ConfigureAwait(false);
        var within = expected.Where(row => (row.OccurredAt, row.Position).CompareTo((0, 3)) > 0 && (row.OccurredAt, row.Position).CompareTo((3, 8)) <= 0).Reverse();
        Promise.Same([.. within.Select(row => row.Position)], [.. between.Select(row => row.Position)], "bounds keep their meaning backwards", "positions between (0, 3) and (3, 8)");
    }

    private static async Task FoldDetail(JournalUnderTest journal)
    {
        var rows = await Fill(journal).ConfigureAwait(false);
        var lean = await journal.Storage
            .Page(new StoredQuery { Path = StoredPath.Journal, Until = long.MaxValue, Limit = rows.Count, Detail = StoredDetail.Fold }, journal.Cancellation)
            .ConfigureAwait(false);
        Promise.Same([.. rows.Select(Folded)], [.. lean.Select(Folded)], "a read for a fold gives position, stream, version, type, data and recorded time", "events");

        static string Folded(StoredRow row) => $"{row.Position} {row.StreamId} v{row.Version} {row.Family}/{row.Type} v{row.SchemaVersion} at {row.RecordedAt} {Convert.ToHexString(row.Data.Span)}";
    }

    private static async Task StopsEarly(JournalUnderTest journal)
    {
        await journal.Append(Appends.To(One, Any, 50)).ConfigureAwait(false);
        foreach (var direction in Enum.GetValues<ReadDirection>())
        {
            var sink = new RowSink(row => row.Position != 20);
            var count = await journal.Storage.Read(new StoredQuery { Path = StoredPath.Journal, Until = long.MaxValue, Limit = 50, Direction = direction }, sink, journal.Cancellation).ConfigureAwait(false);
            var expected = direction == ReadDirection.Forwards ? 20 : 31;
            Promise.Equal((expected, expected), (count, sink.Rows.Count), "a read stops with the event at which its sink had enough, and counts it", $"events read {direction}, and given");
        }
    }

    private static async Task NothingThere(JournalUnderTest journal)
    {
        foreach (var isFilled in new[] { false, true })
        {
            if (isFilled)
            {
                await Fill(journal).ConfigureAwait(false);
            }

            StoredQuery[] queries =
            [
                new() { Path = StoredPath.Stream, Key = "conformance/missing", Limit = 10 },
                new() { Path = StoredPath.Correlation, Key = "missing", Limit = 10 },
                new() { Path = StoredPath.Subject, Key = "missing", Limit = 10 },
                new() { Path = StoredPath.Cause, KeyBytes = new CausationId("missing").ToBytes(), Limit = 10 },
                new() { Path = StoredPath.EventId, KeyBytes = Guid.CreateVersion7().ToByteArray(bigEndian: true), Limit = 1 },
            ];
            foreach (var query in queries)
            {
                var page = await journal.Storage.Page(query with { Until = long.MaxValue }, journal.Cancellation).ConfigureAwait(false);
                Promise.Equal(0, page.Count, "a key that nothing has gives nothing", $"events by {query.Path}");
            }
        }
    }

    private static async Task Types(JournalUnderTest journal)
    {
        Promise.Equal(0, (await journal.Storage.ReadTypes(journal.Cancellation).ConfigureAwait(false)).Count, "an empty journal holds no type", "types");
        StoredEventType[] types =
        [
            new(Appends.Family, "Zoned", 1, "a string", null),
            new(Appends.Family, "alpha", 10, "a string", null),
            new(Appends.Family, "alpha", 9, "a string\nb int32 optional", new ExplanationTemplate("Title {A}", "Summary {A}", "Detail {B}", null, ["tag={A}"])),
            new(Appends.Family, "äther", 1, "", null),
        ];
        foreach (var type in types.Concat(types))
        {
            await journal.Append(Appends.To(One, Any, [Appends.Note("n") with { Type = type }])).ConfigureAwait(false);
        }

        // Refused appends describe nothing.
        await journal.Try(Appends.To(One, NoStream, [Appends.Note("n") with { Type = types[0] with { Name = "refused" } }]), journal.Cancellation).ConfigureAwait(false);
        Promise.Same([.. new[] { types[0], types[2], types[1], types[3] }.Select(Describe)], [.. (await journal.Storage.ReadTypes(journal.Cancellation).ConfigureAwait(false)).Select(Describe)], "the journal describes each type it holds once, in ordinal order", "types");

        static string Describe(StoredEventType type) => $"{type.Family}/{type.Name} v{type.SchemaVersion} [{type.Schema}] {type.Template?.Title} {type.Template?.Summary} {type.Template?.Detail} {type.Template?.Actor} {string.Join(",", type.Template?.Tags ?? [])}";
    }

    private static async Task RecordedTime(JournalUnderTest journal)
    {
        long[] clock = [1_000_000, 2_000_000, 1_500_000, 0, 2_000_001, 1_700_000_000_000_000];
        foreach (var now in clock)
        {
            var result = await journal.Append(Appends.To(One, Any, now: now)).ConfigureAwait(false);
            var head = await journal.Storage.ReadHead(journal.Cancellation).ConfigureAwait(false);
            Promise.Equal(UnixMicroseconds.ToInstant(head.RecordedAt), result.RecordedAt, "the answer says when it was recorded", "the recorded time");
        }

        long[] expected = [1_000_000, 2_000_000, 2_000_000, 2_000_000, 2_000_001, 1_700_000_000_000_000];
        Promise.Same(expected, [.. (await journal.Sound().ConfigureAwait(false)).Select(row => row.RecordedAt)], "recorded time is the clock's or the head's, whichever is later", "recorded times");
    }

    /// <summary>Random events in a few streams.</summary>
    private static async Task<IReadOnlyList<StoredRow>> Fill(JournalUnderTest journal)
    {
        for (var i = 0; i < Events; i += 3)
        {
            var stream = new StreamId(Appends.Family, $"stream-{journal.Random.Next(4)}");
            await journal.Append(Appends.To(stream, Any, [.. Enumerable.Range(0, 3).Select(_ => Drafts.Next(journal.Random))])).ConfigureAwait(false);
        }

        return await journal.Sound().ConfigureAwait(false);
    }

    /// <summary>Pages with random bounds and limits against a filter over all rows of the key.</summary>
    private static async Task Compare(JournalUnderTest journal, IReadOnlyList<StoredRow> rows, StoredPath path, StoredQuery query)
    {
        for (var i = 0; i < 12; i++)
        {
            var (after, until) = i == 0 ? (0, long.MaxValue) : (journal.Random.Next(-1, (int)Key(rows[^1]) + 2), journal.Random.NextInt64(0, Key(rows[^1]) + 2));
            var page = query with
            {
                After = after,
                Until = until,
                Direction = (ReadDirection)(i % 2),
                Limit = i < 2 ? Events : journal.Random.Next(1, Events),
            };
            var expected = rows.Where(row => Key(row) > after && Key(row) <= until);
            expected = (page.Direction == ReadDirection.Forwards ? expected : expected.Reverse()).Take(page.Limit);
            var found = await journal.Storage.Page(page, journal.Cancellation).ConfigureAwait(false);
            Promise.Same(
                [.. expected.Select(History.Whole)],
                [.. found.Select(History.Whole)],
                $"the path {path} gives its events in key order, within its bounds",
                $"{query.Key} after {after} until {until} {page.Direction} limit {page.Limit}");
        }

        long Key(StoredRow row) => path == StoredPath.Stream ? row.Version : row.Position;
    }
}
