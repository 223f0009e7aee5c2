using System.Text;
using Nagare.Storage;
using static Nagare.ExpectedVersion;

namespace Nagare.Testing;

/// <summary>H 1–6: input that databases change, refuse, merge or run. Whatever comes, the journal works on afterwards.</summary>
internal static class HostileScenarios
{
    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        ConformanceScenario.Of(ConformanceGroup.Hostile, "H1", "Payloads keep their bytes: NUL, lone surrogates, doubled keys, odd numbers, deep nesting, no UTF-8 at all", PayloadBytes),
        ConformanceScenario.Of(ConformanceGroup.Hostile, "H2", "Ids that differ in case, accent, composition or last character are different ids", SimilarIds),
        ConformanceScenario.Of(ConformanceGroup.Hostile, "H3", "The longest ids fit in every column, and differ in their last byte", LongestIds),
        ConformanceScenario.Of(ConformanceGroup.Hostile, "H4", "SQL, markup, paths and bidirectional text in ids, names and metadata are only text", TextIsOnlyText),
        ConformanceScenario.Of(ConformanceGroup.Hostile, "H5", "The largest payload is stored whole", LargestPayload),
        ConformanceScenario.Of(ConformanceGroup.Hostile, "H6", "The longest append is stored whole, and answered once when it comes again", LongestAppend),
    ];

    private static StreamId One { get; } = new(Appends.Family, "one");

    private static async Task PayloadBytes(JournalUnderTest journal)
    {
        byte[][] payloads =
        [
            Encoding.UTF8.GetBytes("""{"a":"\u0000"}"""),
            Encoding.UTF8.GetBytes("""{"a":"\ud800"}"""),
            Encoding.UTF8.GetBytes("""{"b":1.00,"a":1e2,"a":2}"""),
            Encoding.UTF8.GetBytes("{ \"a\" :\t-0.0,\r\n \"b\": 123456789012345678901234567890.10 }\n"),
            Encoding.UTF8.GetBytes("{\"t\":\"流れ 𝕏 \u202E \\uD83D\\uDE00\"}"),
            Encoding.UTF8.GetBytes(new string('[', JournalLimits.MaxJsonDepth) + new string(']', JournalLimits.MaxJsonDepth)),
            [0], [0xFF, 0xFE, 0x00, 0xC0, 0x80], [.. Enumerable.Range(0, 256).Select(i => (byte)i)],
        ];
        var append = Appends.To(One, Any, [.. payloads.Select(payload => new Draft(payload))]);
        var outcome = await journal.Try(append, journal.Cancellation).ConfigureAwait(false);
        Promise.That(outcome.IsStored, "a payload is bytes, whatever they are", $"{outcome.Error}");
        var rows = await journal.Sound().ConfigureAwait(false);
        Promise.Same([.. payloads.Select(Convert.ToHexString)], [.. rows.Select(row => Convert.ToHexString(row.Data.Span))], "payload bytes in are payload bytes out", "payloads");
        History.Check([outcome], rows);
    }

    private static async Task SimilarIds(JournalUnderTest journal)
    {
        const string Promised = "ids are compared by their characters, one by one";
        string[] ids = ["Run-1", "run-1", "RUN-1", "Rún-1", "Ru\u0301n-1", "Run-1.", "Run-1\u200B", "Run-１", "straße", "strasse", "STRASSE", "İ", "i", "I", "ı", "ﬁ", "fi", "Run-10", "Run_1", "Run%1"];
        foreach (var id in ids)
        {
            var outcome = await journal.Try(Appends.To(new StreamId(Appends.Family, id), NoStream, [Appends.Note("n") with { CorrelationId = id, Subject = id, Cause = new CausationId(id) }]), journal.Cancellation).ConfigureAwait(false);
            Promise.That(outcome.IsStored, Promised, $"'{id}': {outcome.Error?.Message}");
        }

        var position = 0L;
        foreach (var id in ids)
        {
            position++;
            StoredQuery[] queries =
            [
                new() { Path = StoredPath.Stream, Key = $"{Appends.Family}/{id}", Limit = ids.Length },
                new() { Path = StoredPath.Correlation, Key = id, Limit = ids.Length },
                new() { Path = StoredPath.Subject, Key = id, Limit = ids.Length },
                new() { Path = StoredPath.Cause, KeyBytes = new CausationId(id).ToBytes(), Limit = ids.Length },
            ];
            foreach (var query in queries)
            {
                var page = await journal.Storage.Page(query with { Until = long.MaxValue }, journal.Cancellation).ConfigureAwait(false);
                Promise.Same([position], [.. page.Select(row => row.Position)], Promised, $"{query.Path} '{id}'");
            }
        }
    }

    private static async Task LongestIds(JournalUnderTest journal)
    {
        var prefix = Appends.Family + "/";
        foreach (var unit in new[] { "a", "é", "流", "𝕏" })
        {
            var outcomes = new List<Outcome>();
            foreach (var last in "12")
            {
                var type = new StoredEventType(Fill("", unit, '1'), Fill("", unit, last), 1, Fill("", unit, last), null);
                var draft = Appends.Note("n") with
                {
                    Type = type,
                    CorrelationId = Fill("", unit, last),
                    Cause = new CausationId(Fill("x", unit, last)[1..]),
                    FurtherCauses = [new CausationId(Fill("xy", unit, last)[2..])],
                    Actor = Fill("", unit, last),
                    Subject = Fill("", unit, last),
                };
                outcomes.Add(await journal.Try(Appends.To(StreamId.Parse(Fill(prefix, unit, last)), NoStream, [draft]), journal.Cancellation).ConfigureAwait(false));
                Promise.That(outcomes[^1].IsStored, $"ids of {JournalLimits.MaxIdBytes} bytes fit in every column", $"{outcomes[^1].Error}");
            }

            History.Check(outcomes, await journal.Sound().ConfigureAwait(false));
            var stream = await journal.Storage.Stream(StreamId.Parse(Fill(prefix, unit, '2')), journal.Cancellation).ConfigureAwait(false);
            Promise.Equal(1, stream.Count, "ids that differ in their last byte are different ids", $"events of the second of two streams of '{unit}'");
        }

        // As many whole characters as fit between the prefix and the last byte, and filler where they leave a byte or two.
        static string Fill(string prefix, string unit, char last)
        {
            var room = JournalLimits.MaxIdBytes - prefix.Length - 1;
            var bytes = Encoding.UTF8.GetByteCount(unit);
            return prefix + string.Concat(Enumerable.Repeat(unit, room / bytes)) + new string('z', room % bytes) + last;
        }
    }

    private static async Task TextIsOnlyText(JournalUnderTest journal)
    {
        string[] texts =
        [
            "'; drop table nagare_events; --", "\"; delete from nagare_events; --", "$1", "@p0", "?1", ":id", "%", "_", "\\", "\\x00", "{0}", "<script>alert(1)</script>", "javascript:alert(1)",
            "../../etc/passwd", "%2e%2e%2f", "\u202Eabc\u2066def", "null", "NULL", "0", "-1", "a/b/c", "a'b\"c`d", "流れ",
        ];
        var outcomes = new List<Outcome>();
        foreach (var text in texts)
        {
            var draft = Appends.Note("n") with
            {
                Type = new StoredEventType(text, text, 1, text, new ExplanationTemplate(text, text, text, text, [text])),
                CorrelationId = text,
                Cause = new CausationId(text),
                FurtherCauses = [new CausationId(text + text)],
                TraceParent = text,
                TraceState = text,
                Actor = text,
                Subject = text,
                Entries = EventMetadata.None.Entries.Add(text, text),
            };
            outcomes.Add(await journal.Try(Appends.To(new StreamId("x", text), NoStream, [draft]), journal.Cancellation).ConfigureAwait(false));
            Promise.That(outcomes[^1].IsStored, "text that means something elsewhere is only text here", $"'{text}': {outcomes[^1].Error}");
            Promise.Equal(1, (await journal.Storage.Stream(new StreamId("x", text), journal.Cancellation).ConfigureAwait(false)).Count, "a stream is found under its id", $"events of 'x/{text}'");
        }

        History.Check(outcomes, await journal.Sound().ConfigureAwait(false));
        Promise.Equal(texts.Length, (await journal.Storage.ReadTypes(journal.Cancellation).ConfigureAwait(false)).Count, "types are kept under their names", "types");
    }

    private static async Task LargestPayload(JournalUnderTest journal)
    {
        var payload = new byte[journal.Settings.LargestPayloadBytes];
        journal.Random.NextBytes(payload);
        var outcome = await journal.Try(Appends.To(One, Any, [new Draft(payload), Appends.Note("after it")]), journal.Cancellation).ConfigureAwait(false);
        Promise.That(outcome.IsStored, $"a payload of {payload.Length} bytes is stored", $"{outcome.Error}");
        History.Check([outcome, await journal.Try(Appends.To(One, At(2)), journal.Cancellation).ConfigureAwait(false)], await journal.Sound().ConfigureAwait(false));
    }

    private static async Task LongestAppend(JournalUnderTest journal)
    {
        var append = Appends.To(One, NoStream, journal.Settings.LargestAppendEvents, Guid.CreateVersion7());
        var outcome = await journal.Try(append, journal.Cancellation).ConfigureAwait(false);
        Promise.That(outcome.IsStored, $"an append of {append.EventCount} events is stored", $"{outcome.Error}");
        var again = await journal.Try(append, journal.Cancellation).ConfigureAwait(false);
        Promise.That(again.Result is { WasStoredBefore: true }, "a long append is answered once, too", $"{again.Error?.Message ?? "it was stored again"}");
        History.Check([outcome, again], await journal.Sound().ConfigureAwait(false));
    }
}
