using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using CsCheck;
using Nagare.Tests.Forensics;

namespace Nagare.Tests.Explanations;

public class NarratorTests
{
    private readonly RecordedJournal _journal = new(Errands.Model);

    [Fact]
    public async Task A_run_reads_as_text()
    {
        TellAStory();

        Assert.Equal("""
            errand/e-1

            v1  2026-07-01 08:59:59.500Z  user-7
                Asked: a refund
                first line
                second line
            v2  2026-07-01 09:00:01.000Z
                Spent 2.50

            purse/p-1

            v1  2026-07-01 09:00:02.000Z  teller
                Filled: by 3
                currency=usd, currency=USD

            """.ReplaceLineEndings("\n"), await Tell(NarrativeFormat.Text));
    }

    [Fact]
    public async Task A_run_reads_as_Markdown()
    {
        TellAStory();

        Assert.Equal("""
            ## errand/e-1

            ### v1: Asked

            2026-07-01 08:59:59.500Z, user-7

            a refund

            ```text
            first line
            second line
            ```

            ### v2: Spent 2.50

            2026-07-01 09:00:01.000Z

            ## purse/p-1

            ### v1: Filled

            2026-07-01 09:00:02.000Z, teller

            by 3

            Tags: currency=usd, currency=USD

            """.ReplaceLineEndings("\n"), await Tell(NarrativeFormat.Markdown));
    }

    [Fact]
    public async Task A_run_reads_as_JSON_lines_with_every_member_in_one_order()
    {
        TellAStory();

        var lines = (await Tell(NarrativeFormat.JsonLines)).Split('\n');

        Assert.Equal(4, lines.Length);
        Assert.Equal("""{"position":1,"stream":"errand/e-1","version":1,"ordinal":0,"eventId":"00000001-0000-7000-8000-000000000000","family":"errand","type":"asked","happenedAt":"2026-07-01T08:59:59.500000Z","recordedAt":"2026-07-01T09:00:00.000000Z","actor":"user-7","subject":"customer:7","correlationId":"c-1","title":"Asked","summary":"a refund","detail":"first line\r\nsecond line","tags":[]}""", lines[0]);
        Assert.Equal("""{"position":3,"stream":"purse/p-1","version":1,"ordinal":0,"eventId":"00000003-0000-7000-8000-000000000000","family":"purse","type":"filled","happenedAt":"2026-07-01T09:00:02.000000Z","recordedAt":"2026-07-01T09:00:02.000000Z","actor":"teller","subject":null,"correlationId":null,"title":"Filled","summary":"by 3","detail":null,"tags":[{"key":"currency","value":"usd"},{"key":"currency","value":"USD"}]}""", lines[2]);
        Assert.Equal("", lines[3]);
    }

    [Fact]
    public async Task A_stream_gets_UTF8_without_a_byte_order_mark_and_stays_open()
    {
        TellAStory();
        using var output = new MemoryStream();

        Assert.Equal(3, await Narrator().Write(JournalScope.Everything, output, NarrativeFormat.Text, TestContext.Current.CancellationToken));

        Assert.Equal(Encoding.UTF8.GetBytes(await Tell(NarrativeFormat.Text)), output.ToArray());
        Assert.True(output.CanWrite);
    }

    [Fact]
    public async Task Every_format_is_the_same_in_every_country()
    {
        TellAStory();
        var here = new List<string>();
        var there = new List<string>();
        foreach (var format in Enum.GetValues<NarrativeFormat>())
        {
            here.Add(await Tell(format));
            using var germany = new GermanCulture();
            there.Add(await Tell(format));
        }

        Assert.Equal(here, there);
    }

    [Fact]
    public async Task A_hostile_text_is_shown_and_not_obeyed_in_text()
    {
        Tell("\u001b[2Jcleared\u202E", "x\n\nerrand/other\n\nv9  forged", "a\u001bb\nc", "eve\u0007", ("k\n", "v\u2066"));

        Assert.Equal("""
            errand/e-1

            v1  2026-07-01 09:00:00.000Z  eve\u0007
                \u001B[2Jcleared\u202E: x\n\nerrand/other\n\nv9  forged
                a\u001Bb
                c
                k\n=v\u2066

            """.ReplaceLineEndings("\n"), await Tell(NarrativeFormat.Text));
    }

    [Fact]
    public async Task A_hostile_text_is_shown_and_not_obeyed_in_Markdown()
    {
        Tell("# *b* [link](javascript:x)", "12. <script>&lt; | ~~s~~ ![i](u) $x$ `c`", "```\n# out of the block\n````", "- eve", ("_k_", "{v}"));

        Assert.Equal(""""""
            ## errand/e-1

            ### v1: \# \*b\* \[link\](javascript:x)

            2026-07-01 09:00:00.000Z, \- eve

            12\. \<script\>\&lt; \| \~\~s\~\~ \!\[i\](u) \$x\$ \`c\`

            `````text
            ```
            # out of the block
            ````
            `````

            Tags: \_k\_=\{v\}

            """""".ReplaceLineEndings("\n"), await Tell(NarrativeFormat.Markdown));
    }

    [Fact]
    public Task Whatever_an_event_says_its_JSON_line_is_one_line_with_the_same_values() =>
        (from title in Gen.String from summary in Gen.String from detail in Gen.String.Null() from key in Gen.String from value in Gen.String select (title, summary, detail, key, value)).SampleAsync(async texts =>
        {
            var told = await TellOf(new Explanation(texts.title, texts.summary, (texts.key, texts.value)) { Detail = texts.detail }, NarrativeFormat.JsonLines);

            Assert.Equal(told.Length - 1, told.IndexOf('\n', StringComparison.Ordinal));
            Assert.DoesNotContain(told[..^1], c => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            var json = JsonDocument.Parse(told).RootElement;
            Assert.Equal(Stored(texts.title), json.GetProperty("title").GetString());
            Assert.Equal(Stored(texts.summary), json.GetProperty("summary").GetString());
            Assert.Equal(Stored(texts.detail), json.GetProperty("detail").GetString());
            Assert.Equal(Stored(texts.key), json.GetProperty("tags")[0].GetProperty("key").GetString());
            Assert.Equal(Stored(texts.value), json.GetProperty("tags")[0].GetProperty("value").GetString());
        }, iter: 300);

    [Fact]
    public Task Whatever_an_event_says_it_adds_no_heading_to_the_Markdown() =>
        (from title in Hostile from summary in Hostile from detail in Hostile.Null() from tag in Hostile select (title, summary, detail, tag)).SampleAsync(async texts =>
        {
            var told = await TellOf(new Explanation(texts.title, texts.summary, (texts.tag, texts.tag)) { Detail = texts.detail }, NarrativeFormat.Markdown);

            var fence = "";
            var headings = 0;
            foreach (var line in told.Split('\n'))
            {
                if (fence.Length > 0)
                {
                    fence = line == fence ? "" : fence;
                }
                else if (line.EndsWith("text", StringComparison.Ordinal) && line.TrimStart('`') == "text" && line.Length > 4)
                {
                    fence = line[..^4];
                }
                else
                {
                    headings += line.TrimStart(' ').StartsWith('#') ? 1 : 0;
                    Assert.False(line is ['-' or '+' or '=' or '>' or '|' or '\t', ..] || line.StartsWith("    ", StringComparison.Ordinal), line);
                    Assert.DoesNotMatch(@"(?<!\\)(\\\\)*[*_`<\[&]", line);
                }
            }

            Assert.Equal("", fence);
            Assert.Equal(2, headings);
        }, iter: 500);

    [Fact]
    public async Task A_cancelled_narrative_ends_with_a_whole_line()
    {
        using var stop = new CancellationTokenSource();
        using var output = new StringWriter();
        TellAStory();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Narrator().Write(Interrupted(), output, NarrativeFormat.JsonLines, stop.Token));

        Assert.Equal(2, output.ToString().Split('\n').Length - 1);
        Assert.EndsWith("}\n", output.ToString(), StringComparison.Ordinal);

        async IAsyncEnumerable<Envelope> Interrupted([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await foreach (var e in _journal.Read(JournalScope.Everything, cancellationToken))
            {
                if (e.Position == 3)
                {
                    await stop.CancelAsync();
                }

                yield return e;
            }
        }
    }

    [Fact]
    public async Task A_format_that_does_not_exist_is_refused_before_anything_is_written()
    {
        using var output = new StringWriter();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Narrator().Write(JournalScope.Everything, output, (NarrativeFormat)9));

        Assert.Equal("", output.ToString());
    }

    private static Gen<string> Hostile { get; } = Gen.OneOf("#", "- ", "1.", "```", "`", "\n", "\r\n", "    ", " ", "*", "_", "<b>", "[x](y)", "&amp;", "\\", "text", "=", "+", "|", "> ", "\t").Array[0, 8].Select(string.Concat);

    private void TellAStory()
    {
        _journal.Add(Errand.Stream("e-1"), new ErrandEvent.Asked("refund"), new EventMetadata { Actor = "user-7", Subject = "customer:7", CorrelationId = "c-1", OccurredAt = RecordedJournal.Start.AddMilliseconds(-500) });
        _journal.Add(Errand.Stream("e-1"), new ErrandEvent.Spent(2.5m));
        _journal.Add(Purse.Stream("p-1"), new PurseEvent.Filled(3), new EventMetadata { Actor = "somebody" });
    }

    private void Tell(string title, string summary, string detail, string actor, params (string, string)[] tags)
    {
        _journal.Add(Errand.Stream("e-1"), new ErrandEvent.Asked(""));
        _explain = _ => new Explanation(title, summary, tags) { Detail = detail, Actor = actor };
    }

    private Func<Envelope, Explanation> _explain = e => e.Event switch
    {
        ErrandEvent.Asked => new Explanation("Asked", "a refund") { Detail = "first line\r\nsecond line" },
        ErrandEvent.Spent spent => new Explanation($"Spent {spent.Usd.ToString("0.00", CultureInfo.InvariantCulture)}"),
        _ => new Explanation("Filled", "by 3", ("currency", "usd"), ("currency", "USD")) { Actor = "teller" },
    };

    private INarrator Narrator() => new Narrator(_journal, new Told(_explain));

    private async Task<string> Tell(NarrativeFormat format)
    {
        using var output = new StringWriter { NewLine = "\r\n" };
        await Narrator().Write(JournalScope.Everything, output, format);
        return output.ToString();
    }

    private static async Task<string> TellOf(Explanation explanation, NarrativeFormat format)
    {
        var journal = new RecordedJournal(Errands.Model);
        journal.Add(Errand.Stream("e-1"), new ErrandEvent.Asked(""));
        using var output = new StringWriter();
        await new Narrator(journal, new Told(_ => explanation)).Write(JournalScope.Everything, output, format);
        return output.ToString();
    }

    // Half a surrogate pair is no text; JSON holds the replacement character instead.
    private static string? Stored(string? text) => text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private sealed class Told(Func<Envelope, Explanation> explain) : IExplanations
    {
        public Explanation Explain(Envelope envelope) => explain(envelope);
    }
}
