using Microsoft.Extensions.DependencyInjection;

namespace Nagare.Tests.Upcasters;

/// <summary>An event that means nothing today was caused by something and led to something all the same.</summary>
public sealed class LeftOutLineageTests
{
    [Theory]
    [InlineData("upcaster", "heartbeat (schema version 1): an upcaster leaves nothing of it")]
    [InlineData("unknown", "forgotten (schema version 1): no registered model knows it")]
    public async Task A_walk_goes_through_what_is_left_out_and_says_why(string how, string expected)
    {
        await using var desk = new CourierDesk(UnknownEventPolicy.Skip);
        var first = await desk.Wrote(new CourierEvent.Started("town"));
        var middle = await desk.Wrote(Because(first), how == "unknown" ? new Yesterday.Forgotten(1) : new HeartbeatV1(1));
        var last = await desk.Wrote(Because(middle), new CourierEvent.Started("home"));
        var lineage = desk.Services.GetRequiredService<ILineage>();

        var causes = await lineage.Causes(last.AppendId);
        var effects = await lineage.Effects(first.AppendId);

        foreach (var walk in new[] { causes, effects })
        {
            Assert.Equal(["Left for town", expected, "Left for home"], walk.Nodes.Select(node => node.Explanation.ToString()));
            Assert.Equal([false, true, false], walk.Nodes.Select(node => node.IsLeftOut));
            Assert.Equal([new LineageEdge(first.AppendId, middle.AppendId, true), new LineageEdge(middle.AppendId, last.AppendId, true)], walk.Edges);
            Assert.Empty(walk.Missing);
        }

        Assert.Contains($"2. {expected}\n", causes.ToProse(), StringComparison.Ordinal);
        Assert.Equal(how == "unknown", ((LeftOutEvent)causes.Nodes[1].Envelope.Event).IsUnknown);
    }

    [Fact]
    public async Task A_walk_can_begin_at_what_is_left_out()
    {
        await using var desk = new CourierDesk();
        var first = await desk.Wrote(new CourierEvent.Started("town"));
        var middle = await desk.Wrote(Because(first), new HeartbeatV1(1));
        await desk.Wrote(Because(middle), new CourierEvent.Started("home"));
        var lineage = desk.Services.GetRequiredService<ILineage>();

        Assert.True((await lineage.Effects(middle.AppendId)).Start.IsLeftOut);
        Assert.Equal(2, (await lineage.Effects(middle.AppendId)).Nodes.Count);
        Assert.Equal("What led to heartbeat (schema version 1) (courier/monday v2): 1 cause in one stream.", (await lineage.Causes(middle.AppendId)).ToProse().Split('\n')[0]);
    }

    [Fact]
    public async Task An_unknown_event_on_the_way_fails_where_that_is_the_policy()
    {
        await using var desk = new CourierDesk();
        var first = await desk.Wrote(new Yesterday.Forgotten(1));
        var last = await desk.Wrote(Because(first), new CourierEvent.Started("home"));

        await Assert.ThrowsAsync<UnknownEventException>(async () => await desk.Services.GetRequiredService<ILineage>().Causes(last.AppendId));
    }

    private static EventMetadata Because(AppendResult cause) => new() { CausationId = new CausationId(cause.AppendId) };
}
