using CsCheck;

namespace Nagare.Tests.Upcasters;

/// <summary>Histories at random: whatever builds wrote, in whatever order, all routes agree with a fold of what each event means today.</summary>
public sealed class ChainPropertyTests
{
    private static readonly Gen<object> Stored = Gen.OneOf(
        Gen.Char.AlphaNumeric.Select(object (c) => new ReasonedV1($"{c}")),
        Gen.Select(Gen.Char.AlphaNumeric, Gen.Bool, object (c, bus) => new ReasonedV2($"{c}", bus ? "bus" : "tram")),
        Gen.Long.Select(object (tick) => new HeartbeatV1(tick)),
        Gen.Select(Gen.Char.AlphaNumeric, Gen.Int, object (c, ms) => new ToolCalledV1($"{c}", "map", "left", ms)),
        Gen.Char.AlphaNumeric.Select(object (c) => new LeftV1($"{c}")),
        Gen.Char.AlphaNumeric.Select(object (c) => new Yesterday.NotedV1($"{c}")),
        Gen.Char.AlphaNumeric.Select(object (c) => new Yesterday.Finished($"{c}", "Cross")),
        Gen.Char.AlphaNumeric.Select(object (c) => new CourierEvent.Started($"{c}")));

    [Fact]
    public Task Every_load_is_the_fold_of_what_the_events_up_to_there_mean() => Stored.Array[0, 40].SampleAsync(
        async stored =>
        {
            await using var desk = new CourierDesk();
            if (stored.Length > 0)
            {
                await desk.Wrote(new EventMetadata { Subject = "ada", Actor = "rex" }, stored);
            }

            var meant = stored.Select((e, i) => Meaning(e, i + 1).ToList()).ToList();
            var read = await desk.Read(JournalScope.Of(CourierDesk.Monday));
            Assert.Equal(
                meant.SelectMany((parts, i) => parts.Select((part, ordinal) => (i + 1L, i + 1L, ordinal, part))),
                read.Select(e => (e.Version.Value, e.Position.Value, e.Ordinal, (CourierEvent)e.Event)));
            for (var version = 0; version <= stored.Length; version++)
            {
                Assert.Equal(
                    meant.Take(version).SelectMany(parts => parts).Aggregate(CourierDay.Initial, CourierDay.Evolve).Told,
                    (await desk.Days.LoadAtVersion(CourierDesk.Monday, version)).State.Told);
            }

            Assert.Equal(stored.Length, (await desk.Days.Load(CourierDesk.Monday)).Version.Value);
        },
        iter: 100,
        threads: 1);

    [Fact]
    public Task A_search_sees_each_version_whole() => Stored.Array[1, 60].SampleAsync(
        async stored =>
        {
            // What a search asks with each event must be what a load at that version gives.
            var states = new List<(StreamVersion Version, IReadOnlyList<string> Told)>();
            var rule = InvariantRule.OverState<CourierDay, CourierEvent>("all", "Nothing is wrong.", monotone: false, (day, at) =>
            {
                states.Add((at.Version, day.Told));
                return InvariantResult.Holds;
            });
            await using var desk = new CourierDesk(UnknownEventPolicy.Fail, rule);
            await desk.Wrote(new EventMetadata { Subject = "ada", Actor = "rex" }, stored);

            await ((IBisect)desk.Services.GetService(typeof(IBisect))!).Timeline(CourierDesk.Monday);

            Assert.Equal((await desk.Read()).Select(e => e.Version), states.Select(state => state.Version));
            foreach (var (version, told) in states)
            {
                Assert.Equal((await desk.Days.LoadAtVersion(CourierDesk.Monday, version)).State.Told, told);
            }
        },
        iter: 60,
        threads: 1);

    private static IEnumerable<CourierEvent> Meaning(object stored, int version) => stored switch
    {
        ReasonedV1 e => [new CourierEvent.Reasoned(e.Thought, "walk", null)],
        ReasonedV2 e => [new CourierEvent.Reasoned(e.Thought, e.Tool, null)],
        HeartbeatV1 => [],
        ToolCalledV1 e => [new CourierEvent.Reasoned(e.Thought, e.Tool, null), new CourierEvent.ToolReturned(e.Tool, e.Response, e.Ms)],
        LeftV1 e => [new CourierEvent.Started($"{e.Goal} at v{version} for ada, of {e.Goal}")],
        Yesterday.NotedV1 e => [new CourierEvent.Ended($"{e.Body} says rex")],
        Yesterday.Finished e => [new CourierEvent.Ended(e.Why) { Mood = Mood.Angry }],
        CourierEvent e => [e],
        _ => throw new ArgumentOutOfRangeException(nameof(stored)),
    };
}
