using Nagare.Tests.Forensics;

namespace Nagare.Tests.Bisect;

public class TimelineTests
{
    [Fact]
    public async Task A_timeline_holds_every_registered_rule_in_order_of_registration()
    {
        var fixture = new BisectFixture(BisectFixture.CostAtMost(5), BisectFixture.QuickTools(), BisectFixture.CostAtMost(1));
        fixture.Spend("a", 1);
        fixture.Spend("other", 100);
        fixture.Spend("a", 1);

        var timeline = await fixture.Bisect.Timeline(Errand.Stream("a"));

        Assert.Equal(["cost-at-most-5", "quick-tools", "cost-at-most-1"], timeline.Select(result => result.Rule.Name));
        Assert.Equal([null, null, 2L], timeline.Select(result => result.First?.Event.Version.Value));
    }

    [Fact]
    public async Task A_rule_declared_to_stay_broken_that_recovers_is_reported()
    {
        var fixture = new BisectFixture(BisectFixture.CostAtMost(5, monotone: true), BisectFixture.CostAtMost(4));
        fixture.Spend("a", 6);
        fixture.Spend("a", 1);
        var recovered = fixture.Spend("a", -4);

        var timeline = await fixture.Bisect.Timeline(Errand.Stream("a"));

        Assert.Equal(1, timeline[0].First?.Event.Version.Value);
        Assert.Equal(recovered, timeline[0].Contradiction);
        Assert.Equal(3, timeline[0].Probes);
        Assert.Null(timeline[1].Contradiction);
        Assert.Equal(1, timeline[1].Probes);
    }

    [Fact]
    public async Task A_rule_declared_to_stay_broken_that_does_so_is_not_reported()
    {
        var fixture = new BisectFixture(BisectFixture.CostAtMost(5, monotone: true));
        fixture.Spend("a", 6);
        fixture.Spend("a", 1);

        Assert.Null((await fixture.Bisect.Timeline(Errand.Stream("a")))[0].Contradiction);
    }

    [Fact]
    public async Task Only_an_event_that_a_rule_is_about_can_contradict_it()
    {
        var fixture = new BisectFixture(BisectFixture.QuickTools(monotone: true));
        fixture.Journal.Add(Errand.Stream("a"), new ErrandEvent.ToolFailed("search", 5_000));
        fixture.Spend("a", 1);
        Assert.Null((await fixture.Bisect.Timeline(Errand.Stream("a")))[0].Contradiction);

        var quick = fixture.Journal.Add(Errand.Stream("a"), new ErrandEvent.ToolFailed("search", 5));
        Assert.Equal(quick, (await fixture.Bisect.Timeline(Errand.Stream("a")))[0].Contradiction);
    }

    [Fact]
    public async Task A_stream_without_events_breaks_nothing()
    {
        var timeline = await new BisectFixture(BisectFixture.CostAtMost(5)).Bisect.Timeline(Errand.Stream("none"));

        Assert.Null(Assert.Single(timeline).First);
        Assert.Equal(0, timeline[0].Probes);
    }
}
