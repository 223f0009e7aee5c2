using CsCheck;

namespace Nagare.Tests.Lineage;

public class LineageTests
{
    [Fact]
    public async Task Causes_lead_across_streams_back_to_the_roots()
    {
        var fixture = new LineageFixture();
        fixture.Add("question");
        fixture.Add("plan", "b", [LineageFixture.IdOf("question")]);
        fixture.Add("unrelated");
        fixture.Add("answer", "c", [LineageFixture.IdOf("plan")]);
        fixture.Add("later", "answer");

        var walk = await fixture.Lineage.Causes(fixture["answer"].EventId);

        Assert.Equal(LineageDirection.Causes, walk.Direction);
        Assert.Equal(fixture["answer"], walk.Start.Envelope);
        Assert.Equal(["question", "plan", "answer"], LineageFixture.Names(walk.Nodes));
        Assert.Equal([2, 1, 0], walk.Nodes.Select(node => node.Depth));
        Assert.Equal(["question"], LineageFixture.Names(walk.Roots));
        Assert.Empty(walk.Missing);
        Assert.False(walk.IsTruncated);
    }

    [Fact]
    public async Task A_join_is_walked_along_every_cause()
    {
        var fixture = new LineageFixture();
        fixture.Add("question");
        fixture.Add("x", "question");
        fixture.Add("y", "question");
        fixture.Add("thought", "y", "x");

        var walk = await fixture.Lineage.Causes(fixture["thought"].EventId);

        Assert.Equal(["question", "x", "y", "thought"], LineageFixture.Names(walk.Nodes));
        Assert.Equal(
            [Edge("question", "x", true), Edge("question", "y", true), Edge("y", "thought", true), Edge("x", "thought", false)],
            walk.Edges);
    }

    [Fact]
    public async Task Effects_are_everything_downstream_also_of_a_further_cause()
    {
        var fixture = new LineageFixture();
        fixture.Add("before");
        fixture.Add("tool", "before");
        fixture.Add("other");
        fixture.Add("joined", "other", "tool");
        fixture.Add("answer", "joined");
        fixture.Add("aside", "before");

        var walk = await fixture.Lineage.Effects(fixture["tool"].EventId);

        Assert.Equal(["tool", "joined", "answer"], LineageFixture.Names(walk.Nodes));
        Assert.Equal([Edge("tool", "joined", false), Edge("joined", "answer", true)], walk.Edges);
        Assert.Equal(["tool"], LineageFixture.Names(walk.Roots));
        Assert.Empty(walk.Missing);
    }

    [Fact]
    public async Task A_cause_that_is_no_event_here_is_reported()
    {
        var fixture = new LineageFixture();
        fixture.Add("root", "a", ["request-77"]);
        fixture.Add("step", "a", [LineageFixture.IdOf("lost"), LineageFixture.IdOf("root"), LineageFixture.IdOf("lost")]);

        var walk = await fixture.Lineage.Causes(fixture["step"].EventId);

        Assert.Equal([new MissingCause("request-77", fixture["root"].EventId), new MissingCause(LineageFixture.IdOf("lost"), fixture["step"].EventId)], walk.Missing);
        Assert.Equal([true, false], walk.Missing.Select(missing => missing.IsOutside));
        Assert.Equal(["root", "step"], LineageFixture.Names(walk.Nodes));
    }

    [Fact]
    public async Task An_effect_that_joins_a_lost_event_says_so_and_one_that_joins_an_event_elsewhere_does_not()
    {
        var fixture = new LineageFixture();
        fixture.Add("start", "a", ["request-1"]);
        fixture.Add("elsewhere");
        fixture.Add("joined", "a", [LineageFixture.IdOf("start"), LineageFixture.IdOf("elsewhere"), LineageFixture.IdOf("lost")]);

        var walk = await fixture.Lineage.Effects(fixture["start"].EventId);

        Assert.Equal([new MissingCause(LineageFixture.IdOf("lost"), fixture["joined"].EventId)], walk.Missing);
    }

    [Fact]
    public async Task A_lost_event_is_looked_for_once()
    {
        var fixture = new LineageFixture();
        fixture.Add("end", [.. Enumerable.Range(0, 20).Select(i => $"step-{i}")]);
        for (var i = 0; i < 20; i++)
        {
            fixture.Add($"step-{i}", "lost");
        }

        var walk = await fixture.Lineage.Causes(fixture["end"].EventId);

        Assert.Equal(20, walk.Missing.Count);
        Assert.Equal(1 + 20 + 1, fixture.Journal.Queries);
    }

    [Theory]
    [InlineData(LineageDirection.Causes)]
    [InlineData(LineageDirection.Effects)]
    public async Task Causes_in_a_circle_end_the_walk(LineageDirection direction)
    {
        var fixture = new LineageFixture();
        fixture.Add("a", "c");
        fixture.Add("b", "a");
        fixture.Add("c", "b", "c");

        var walk = direction == LineageDirection.Causes ? await fixture.Lineage.Causes(fixture["b"].EventId) : await fixture.Lineage.Effects(fixture["b"].EventId);

        Assert.Equal(["a", "b", "c"], LineageFixture.Names(walk.Nodes));
        Assert.Equal([Edge("c", "a", true), Edge("a", "b", true), Edge("b", "c", true), Edge("c", "c", false)], walk.Edges);
        Assert.Empty(walk.Roots);
        Assert.Contains("2. b", walk.ToProse(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 100, "e", true)]
    [InlineData(1, 100, "d e", true)]
    [InlineData(3, 100, "b c d e", true)]
    [InlineData(4, 100, "a b c d e", false)]
    [InlineData(100, 1, "e", true)]
    [InlineData(100, 3, "c d e", true)]
    [InlineData(100, 5, "a b c d e", false)]
    public async Task A_bound_stops_the_walk_and_is_told(int maxDepth, int maxEvents, string expected, bool isTruncated)
    {
        var fixture = Chain();

        var walk = await fixture.Lineage.Causes(fixture["e"].EventId, new LineageOptions { MaxDepth = maxDepth, MaxEvents = maxEvents });

        Assert.Equal(expected.Split(' '), LineageFixture.Names(walk.Nodes));
        Assert.Equal(isTruncated, walk.IsTruncated);
        Assert.Equal(isTruncated, walk.ToProse().Contains("there is more", StringComparison.Ordinal));
        Assert.Empty(walk.Missing);
    }

    [Fact]
    public async Task A_bound_on_effects_stops_the_walk_and_is_told()
    {
        var fixture = Chain();

        var walk = await fixture.Lineage.Effects(fixture["a"].EventId, new LineageOptions { MaxDepth = 2 });

        Assert.Equal(["a", "b", "c"], LineageFixture.Names(walk.Nodes));
        Assert.True(walk.IsTruncated);
        Assert.False((await fixture.Lineage.Effects(fixture["a"].EventId)).IsTruncated);
    }

    [Fact]
    public async Task An_event_that_is_not_there_is_an_error() =>
        await Assert.ThrowsAsync<EventNotFoundException>(async () => await new LineageFixture().Lineage.Causes(LineageFixture.IdOf("x")));

    [Fact]
    public async Task A_bound_without_meaning_is_refused()
    {
        var fixture = Chain();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await fixture.Lineage.Causes(fixture["e"].EventId, new LineageOptions { MaxDepth = -1 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await fixture.Lineage.Causes(fixture["e"].EventId, new LineageOptions { MaxEvents = 0 }));
    }

    [Fact]
    public async Task A_walk_can_be_cancelled()
    {
        var fixture = Chain();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await fixture.Lineage.Causes(fixture["e"].EventId, new CancellationToken(canceled: true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await fixture.Lineage.Effects(fixture["a"].EventId, new CancellationToken(canceled: true)));
    }

    [Fact]
    public Task A_walk_meets_what_a_naive_closure_meets() =>
        // Entry i lists the causes of event i: smaller numbers are earlier events, the event itself and greater ones make circles, 30 to 33 are lost.
        (from causes in Gen.Int[0, 33].Array[0, 4].Array[1, 30] from start in Gen.Int[0, 29] from isForward in Gen.Bool select (causes, start: start % causes.Length, isForward)).SampleAsync(async sample =>
        {
            var (causes, start, isForward) = sample;
            var fixture = new LineageFixture();
            for (var i = 0; i < causes.Length; i++)
            {
                fixture.Add(Name(i), $"s{i % 3}", [.. causes[i].Select(cause => new CausationId(LineageFixture.IdOf(Name(cause))))]);
            }

            var reached = new HashSet<int> { start };
            for (var grows = true; grows;)
            {
                grows = false;
                for (var i = 0; i < causes.Length; i++)
                {
                    foreach (var cause in causes[i].Where(cause => cause < causes.Length))
                    {
                        grows |= isForward ? reached.Contains(cause) && reached.Add(i) : reached.Contains(i) && reached.Add(cause);
                    }
                }
            }

            var walk = isForward ? await fixture.Lineage.Effects(fixture[Name(start)].EventId) : await fixture.Lineage.Causes(fixture[Name(start)].EventId);

            Assert.Equal(reached.Order().Select(Name), LineageFixture.Names(walk.Nodes));
            Assert.Equal(
                from i in reached.Order() from cause in causes[i].Distinct() where reached.Contains(cause) select Edge(Name(cause), Name(i), cause == causes[i][0]),
                walk.Edges);
            Assert.Equal(
                from i in reached.Order() where !isForward || i != start from cause in causes[i].Distinct() where cause >= causes.Length select new MissingCause(LineageFixture.IdOf(Name(cause)), fixture[Name(i)].EventId),
                walk.Missing);
            Assert.False(walk.IsTruncated);
        }, iter: 2_000);

    private static string Name(int number) => ((char)('A' + number)).ToString();

    private static LineageEdge Edge(string cause, string effect, bool isParent) => new(LineageFixture.IdOf(cause), LineageFixture.IdOf(effect), isParent);

    private static LineageFixture Chain()
    {
        var fixture = new LineageFixture();
        fixture.Add("a");
        fixture.Add("b", "a");
        fixture.Add("c", "b");
        fixture.Add("d", "c");
        fixture.Add("e", "d");
        return fixture;
    }
}
