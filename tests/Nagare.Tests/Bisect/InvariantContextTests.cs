using Nagare.Tests.Forensics;

namespace Nagare.Tests.Bisect;

/// <summary>What a rule may load, and what loading costs.</summary>
public class InvariantContextTests
{
    [Fact]
    public async Task Another_stream_is_loaded_as_it_was_at_the_event()
    {
        var fixture = new BisectFixture();
        fixture.Journal.Add(Purse.Stream("p"), new PurseEvent.Filled(5));
        fixture.Spend("a", 4);
        fixture.Journal.Add(Purse.Stream("p"), new PurseEvent.Filled(-3));
        var bad = fixture.Spend("a", 0);
        fixture.Journal.Add(Purse.Stream("p"), new PurseEvent.Filled(50));

        var found = await fixture.Bisect.Find(WithinPurse, JournalScope.Of(Errand.Stream("a")));

        Assert.Equal(bad, found.First?.Event);
        Assert.Equal("4 of 2", found.First?.Message);
    }

    [Fact]
    public async Task A_stream_that_is_read_anyway_costs_no_query()
    {
        var fixture = new BisectFixture();
        for (var i = 0; i < 2_000; i++)
        {
            fixture.Spend($"e-{i % 7}", 1);
        }

        await fixture.Bisect.FindEach([BisectFixture.CostAtMost(1_000), BisectFixture.CostAtMost(2_000)], JournalScope.Everything);

        Assert.Equal(0, fixture.Journal.Queries);
    }

    [Fact]
    public async Task A_stream_beside_the_one_that_is_read_costs_a_query_for_many_events()
    {
        const int Rounds = 2_000;
        var fixture = new BisectFixture();
        for (var i = 0; i < Rounds; i++)
        {
            fixture.Journal.Add(Purse.Stream("p"), new PurseEvent.Filled(1));
            fixture.Spend("a", 1);
        }

        Assert.Null((await fixture.Bisect.Find(WithinPurse, JournalScope.Of(Errand.Stream("a")))).First);

        Assert.InRange(fixture.Journal.Queries, 1, Rounds / KeptFold.MaxReadAheadEvents + 10);
    }

    [Fact]
    public async Task A_stream_that_does_not_change_is_asked_for_once()
    {
        var fixture = new BisectFixture();
        fixture.Journal.Add(Purse.Stream("p"), new PurseEvent.Filled(1_000));
        for (var i = 0; i < 1_000; i++)
        {
            fixture.Spend("a", 1);
        }

        Assert.Null((await fixture.Bisect.Find(WithinPurse, JournalScope.Of(Errand.Stream("a")))).First);

        Assert.Equal(1, fixture.Journal.Queries);
    }

    [Fact]
    public async Task A_stream_that_begins_before_the_scope_costs_one_query()
    {
        var fixture = new BisectFixture();
        for (var i = 0; i < 1_000; i++)
        {
            fixture.Spend("a", 1);
        }

        Assert.Equal(901, (await fixture.Bisect.Find(BisectFixture.CostAtMost(900), new JournalScope { After = 500 })).First?.Event.Version.Value);

        Assert.Equal(1, fixture.Journal.Queries);
    }

    [Fact]
    public async Task A_rule_may_load_several_streams_at_once()
    {
        var fixture = new BisectFixture();
        for (var i = 0; i < 200; i++)
        {
            fixture.Spend($"e-{i % 4}", 1);
        }

        var rule = BisectFixture.Rule(async ctx =>
        {
            var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => ctx.Load<Errand>(Errand.Stream($"e-{i}")).AsTask()));
            return InvariantResult.Check(all.Sum(errand => errand.Usd) == ctx.Latest.Position.Value, "lost one");
        });

        Assert.Null((await fixture.Bisect.Find(rule, JournalScope.Everything)).First);
    }

    [Fact]
    public async Task More_streams_than_are_kept_are_folded_again()
    {
        var fixture = new BisectFixture();
        var streams = StreamFolds.MaxKeptStates + 10;
        for (var i = 0; i < streams + 1; i++)
        {
            fixture.Spend($"e-{i % streams}", 1);
        }

        var found = await fixture.Bisect.Find(BisectFixture.CostAtMost(1), JournalScope.Everything);

        Assert.Equal(streams + 1, found.First?.Event.Position.Value);
        Assert.Equal("cost 2.00", found.First?.Message);
    }

    [Fact]
    public async Task A_mutable_state_is_not_shared_between_searches()
    {
        var fixture = new BisectFixture();
        fixture.Journal.Add(Purse.Stream("p"), new PurseEvent.Filled(1));
        var rule = BisectFixture.Rule(async ctx => InvariantResult.Check((await ctx.Load<Purse>(ctx.StreamId)).Usd == 1, "counted twice"));

        Assert.Null((await fixture.Bisect.Find(rule, JournalScope.Everything)).First);
        Assert.Null((await fixture.Bisect.Find(rule, JournalScope.Everything)).First);
    }

    [Fact]
    public async Task A_stream_of_another_family_is_refused_with_both_names()
    {
        var fixture = new BisectFixture();
        fixture.Spend("a", 1);
        var rule = BisectFixture.Rule(async ctx => InvariantResult.Check((await ctx.Load<Purse>(ctx.StreamId)).Usd == 0, ""));

        var error = await Assert.ThrowsAsync<InvariantEvaluationException>(async () => await fixture.Bisect.Find(rule, JournalScope.Everything));

        Assert.IsType<EventModelException>(error.InnerException);
        Assert.Contains("Purse", error.Message, StringComparison.Ordinal);
        Assert.Contains("errand/a", error.Message, StringComparison.Ordinal);
    }

    private static InvariantRule WithinPurse { get; } = BisectFixture.Rule(async ctx =>
    {
        var purse = await ctx.Load<Purse>(Purse.Stream("p"));
        var errand = await ctx.Load<Errand>(ctx.StreamId);
        return InvariantResult.Check(errand.Usd <= purse.Usd, $"{errand.Usd} of {purse.Usd}");
    });
}
