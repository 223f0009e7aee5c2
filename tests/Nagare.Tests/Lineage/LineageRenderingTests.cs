using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using Nagare.Tests.Forensics;

namespace Nagare.Tests.Lineage;

public partial class LineageRenderingTests
{
    private readonly LineageFixture _fixture = new();

    public LineageRenderingTests()
    {
        _fixture.Add("question", "a", ["request-77"], new EventMetadata { Actor = "user-7" });
        _fixture.Add("search", "b", [LineageFixture.IdOf("question")]);
        _fixture.Add("answer", "a", [LineageFixture.IdOf("search"), LineageFixture.IdOf("question"), LineageFixture.IdOf("lost")]);
    }

    [Fact]
    public async Task A_walk_reads_as_prose() =>
        Assert.Equal($"""
            What led to answer (errand/a v2): 2 causes across 2 streams.

            1. question
               errand/a v1, 2026-07-01 09:00:00.000Z, by user-7
               caused from outside this journal by request-77

            2. search
               errand/b v1, 2026-07-01 09:00:01.000Z, caused by 1

            3. answer
               errand/a v2, 2026-07-01 09:00:02.000Z, caused by 2 and 1
               caused by the event {LineageFixture.IdOf("lost")}, which this journal does not hold

            """.ReplaceLineEndings("\n"), (await Walk()).ToProse());

    [Fact]
    public async Task A_walk_from_an_event_that_nothing_caused_says_so()
    {
        _fixture.Add("alone", "z", []);

        Assert.StartsWith("What led to alone (errand/z v1): no causes in one stream.\n", (await _fixture.Lineage.Causes(LineageFixture.IdOf("alone"))).ToProse(), StringComparison.Ordinal);
        Assert.StartsWith("What followed from search (errand/b v1): 1 effect across 2 streams.\n", (await _fixture.Lineage.Effects(LineageFixture.IdOf("search"))).ToProse(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_walk_is_drawn_in_Mermaid() =>
        Assert.Equal($"""
            flowchart TD
                e1["question<br/>errand/a v1"]
                e2["search<br/>errand/b v1"]
                e3["answer<br/>errand/a v2"]
                m1(["from outside: request#45;77"])
                m2(["not in this journal: {LineageFixture.IdOf("lost").ToString().Replace("-", "#45;", StringComparison.Ordinal)}"])
                e1 --> e2
                e2 --> e3
                e1 -.-> e3
                m1 -.-> e1
                m2 -.-> e3
                style e3 stroke-width:3px

            """.ReplaceLineEndings("\n"), (await Walk()).ToMermaid());

    [Fact]
    public async Task A_walk_is_drawn_in_DOT() =>
        Assert.Equal($$"""
            digraph lineage {
                charset="UTF-8";
                node [shape=box];
                e1 [label="question\nerrand/a v1"];
                e2 [label="search\nerrand/b v1"];
                e3 [label="answer\nerrand/a v2", style=bold];
                m1 [label="from outside: request-77", shape=oval, style=dashed];
                m2 [label="not in this journal: {{LineageFixture.IdOf("lost")}}", shape=oval, style=dashed];
                e1 -> e2;
                e2 -> e3;
                e1 -> e3 [style=dashed];
                m1 -> e1 [style=dashed];
                m2 -> e3 [style=dashed];
            }

            """.ReplaceLineEndings("\n"), (await Walk()).ToDot());

    [Fact]
    public async Task A_walk_is_told_in_JSON()
    {
        var json = (await Walk()).ToJson();

        Assert.DoesNotContain('\r', json);
        var root = JsonDocument.Parse(json).RootElement;
        Assert.Equal(["direction", "start", "isTruncated", "nodes", "edges", "missing"], root.EnumerateObject().Select(member => member.Name));
        Assert.Equal("causes", root.GetProperty("direction").GetString());
        Assert.Equal(LineageFixture.IdOf("answer"), root.GetProperty("start").GetGuid());
        Assert.Equal(
            $$"""{"eventId":"{{LineageFixture.IdOf("question")}}","position":1,"stream":"errand/a","version":1,"family":"errand","type":"asked","happenedAt":"2026-07-01T09:00:00.000000Z","recordedAt":"2026-07-01T09:00:00.000000Z","actor":"user-7","depth":1,"title":"question","summary":"","detail":null,"tags":[]}""",
            JsonSerializer.Serialize(root.GetProperty("nodes")[0]));
        Assert.Equal($$"""{"cause":"{{LineageFixture.IdOf("question")}}","effect":"{{LineageFixture.IdOf("answer")}}","isParent":false}""", JsonSerializer.Serialize(root.GetProperty("edges")[2]));
        Assert.Equal($$"""{"cause":"request-77","effect":"{{LineageFixture.IdOf("question")}}","isOutside":true}""", JsonSerializer.Serialize(root.GetProperty("missing")[0]));
    }

    [Fact]
    public async Task A_walk_reads_the_same_in_every_country()
    {
        var here = await Walk();
        var told = (here.ToProse(), here.ToMermaid(), here.ToDot(), here.ToJson());
        using var germany = new GermanCulture();
        var there = await Walk();

        Assert.Equal(told, (there.ToProse(), there.ToMermaid(), there.ToDot(), there.ToJson()));
    }

    [Fact]
    public Task Whatever_an_event_says_it_stays_inside_its_label() =>
        Gen.Select(Hostile, Hostile, Hostile).SampleAsync(async (title, summary, actor) =>
        {
            _fixture.ExplainAs(new Explanation(title, summary, (title, summary)) { Actor = actor, Detail = summary });
            var walk = await Walk();

            var mermaid = walk.ToMermaid().TrimEnd('\n').Split('\n');
            Assert.Equal(12, mermaid.Length);
            Assert.All(mermaid, line => Assert.Matches(MermaidLine(), line));
            var dot = walk.ToDot().TrimEnd('\n').Split('\n');
            Assert.Equal(14, dot.Length);
            Assert.All(dot, line => Assert.Matches(DotLine(), line));
            Assert.Equal(13, walk.ToProse().Split('\n').Length);
            Assert.DoesNotContain(walk.ToProse() + walk.ToMermaid() + walk.ToDot(), c => c != '\n' && (char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format));
            Assert.Equal(title, JsonDocument.Parse(walk.ToJson()).RootElement.GetProperty("nodes")[0].GetProperty("title").GetString());
        }, iter: 500, threads: 1);

    [Fact]
    public async Task A_long_title_is_cut_in_a_drawing_and_whole_elsewhere()
    {
        var title = string.Concat(Enumerable.Repeat("🙂", 1_000));
        _fixture.ExplainAs(new Explanation(title));

        var walk = await Walk();

        Assert.True(walk.ToDot().Length < 2_000);
        Assert.DoesNotContain("�", walk.ToDot(), StringComparison.Ordinal);
        Assert.Contains(title, walk.ToProse(), StringComparison.Ordinal);
    }

    private static Gen<string> Hostile { get; } = Gen.OneOf("\"", "\\", "\\\"", "\n", "\r", "]", "\"]", " --> e1", "; ", "<script>", "</x>", "#quot;", "#", "&quot;", "&", "`", "\\N", "\u202E", "\u001b[2J", "\0", "%%{init}%%", "1. ", "- ", "}", "->", "日本", "a").Array[0, 10].Select(string.Concat);

    private ValueTask<LineageGraph> Walk() => _fixture.Lineage.Causes(LineageFixture.IdOf("answer"));

    [GeneratedRegex("""^(flowchart TD|    e\d+\["(?:[\p{L}\p{N} ,:/]|#\d+;)*<br/>(?:[\p{L}\p{N} ,:/]|#\d+;)*"\]|    m\d+\(\["(?:[\p{L}\p{N} ,:/]|#\d+;)*"\]\)|    [em]\d+ (-->|-\.->) e\d+|    style e\d+ stroke-width:3px)$""")]
    private static partial Regex MermaidLine();

    [GeneratedRegex("""^(digraph lineage \{|\}|    charset="UTF-8";|    node \[shape=box\];|    [em]\d+ \[label="(?:[^"\\&\n]|\\["\\n]|&amp;)*"(, shape=oval)?(, style=\w+)?\];|    [em]\d+ -> e\d+( \[style=dashed\])?;)$""")]
    private static partial Regex DotLine();
}
