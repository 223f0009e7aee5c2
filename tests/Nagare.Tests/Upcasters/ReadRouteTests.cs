using System.Reflection;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nagare.Storage;

namespace Nagare.Tests.Upcasters;

/// <summary>
/// Every way to read a journal, and that upcasters and the policy for unknown events stand in each. The list is compared with the
/// code: a new method, a new service or a new taker of stored rows fails here until it is listed.
/// </summary>
public sealed class ReadRouteTests
{
    /// <summary>Only an upcaster that was handed the metadata can say this.</summary>
    private const string Upcast = "town at v4 for ada, of town";

    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly InvariantRule OfState = InvariantRule.OverState<CourierDay, CourierEvent>(
        "state", "Nobody is sent to town.", monotone: true, static (day, _) => InvariantResult.Check(!day.Told.Any(told => told.Contains("town", StringComparison.Ordinal)), string.Join(", ", day.Told)));

    private static readonly InvariantRule OfLoad = InvariantRule.Of(_ => new Asking());

    /// <summary>By interface, method and number of overloads: what each of them gives, as text.</summary>
    private static readonly Dictionary<string, Func<CourierDesk, Guid, Task<string>>> Routes = new()
    {
        ["IJournal.Read x2"] = async (desk, _) => Text(
            new List<Envelope>([
                .. await All(desk.Journal.Read(JournalScope.Everything)),
                .. await All(desk.Journal.Read(JournalScope.Everything, ReadDirection.Backwards)),
                .. await All(desk.Journal.Read(JournalScope.Of(CourierDesk.Monday))),
                .. await All(desk.Journal.Read(JournalScope.Correlated("c"))),
                .. await All(desk.Journal.Read(new JournalScope { Subject = "ada" })),
                .. await All(desk.Journal.Read(JournalScope.Since(CourierDesk.Start))),
                .. await All(desk.Journal.Read(new JournalScope { Time = TimeBasis.Occurred, From = CourierDesk.Start.AddDays(-1) })),
            ]).Select(envelope => envelope.Event),
            times: 7),
        ["IJournal.Find x1"] = async (desk, id) => Text([(await desk.Journal.Find(id))?.Event]),
        ["IAggregateRepository`1.Load x1"] = async (desk, _) => Text((await desk.Days.Load(CourierDesk.Monday)).State.Told),
        ["IAggregateRepository`1.LoadAtVersion x1"] = async (desk, _) => Text((await desk.Days.LoadAtVersion(CourierDesk.Monday, 5)).State.Told),
        ["IAggregateRepository`1.LoadAsOf x2"] = async (desk, _) => Text([.. (await desk.Days.LoadAsOf(CourierDesk.Monday, CourierDesk.Start)).State.Told, .. (await desk.Days.LoadAsOf(CourierDesk.Monday, new Position(5))).State.Told], times: 2),
        ["IAggregateRepository`1.Execute x4"] = async (desk, _) => Text(
            [
                .. (await desk.Days.Execute(CourierDesk.Monday, new Look())).Aggregate.State.Told,
                .. (await desk.Days.Execute(CourierDesk.Monday, new Look(), ExecuteOptions.Default)).Aggregate.State.Told,
                .. (await desk.Days.Execute(CourierDesk.Monday, static _ => Decision.Ignore())).Aggregate.State.Told,
                .. (await desk.Days.Execute(CourierDesk.Monday, static _ => Decision.Ignore(), ExecuteOptions.Default)).Aggregate.State.Told,
            ],
            times: 4),
        ["IAggregateRepository`1.Steps x1"] = async (desk, _) => Text((await All(desk.Days.Steps(CourierDesk.Monday))).Select(step => step.Explanation.Title)),
        ["IAggregateRepository`1.Diff x1"] = async (desk, _) => Text((await desk.Days.Diff(CourierDesk.Monday, 0, 5)).Changes),
        ["IAggregateRepository`1.Describe x2"] = async (desk, _) => Text([(await desk.Days.Describe(CourierDesk.Monday)).Value, (await desk.Days.Describe(CourierDesk.Monday, 5)).Value], times: 2),
        ["IAggregateRepository`1.Blame x1"] = async (desk, _) => Text((await desk.Days.Blame(CourierDesk.Monday, 5)).Select(blame => $"{blame.Value} {blame.Explanation.Title}")),
        ["AggregateInspector.Describe x2"] = async (desk, _) => Text([(await Inspector(desk).Describe(CourierDesk.Monday)).Value, (await Inspector(desk).Describe(CourierDesk.Monday, 5)).Value], times: 2),
        ["AggregateInspector.Diff x1"] = async (desk, _) => Text((await Inspector(desk).Diff(CourierDesk.Monday, 0, 5)).Changes),
        ["AggregateInspector.Blame x1"] = async (desk, _) => Text((await Inspector(desk).Blame(CourierDesk.Monday, 5)).Select(blame => blame.Value)),
        ["AggregateInspector.Steps x1"] = async (desk, _) => Text((await All(Inspector(desk).Steps(CourierDesk.Monday))).Select(step => step.Explanation.Title)),
        ["IBisect.Find x2"] = async (desk, _) => Text([(await Bisect(desk).Find(OfState, JournalScope.Everything)).First?.Message, (await Bisect(desk).Find(OfLoad, JournalScope.Everything, BisectMode.FirstViolation)).First?.Message], times: 2),
        ["IBisect.FindEach x1"] = async (desk, _) => Text((await Bisect(desk).FindEach([OfState, OfLoad], JournalScope.Everything)).Select(result => result.First?.Message), times: 2),
        ["IBisect.FindInEachStream x2"] = async (desk, _) => Text([.. (await All(Bisect(desk).FindInEachStream(OfState, JournalScope.Everything))).Select(found => found.Message), .. (await All(Bisect(desk).FindInEachStream([OfLoad], JournalScope.Everything))).Select(found => found.Message)], times: 2),
        ["IBisect.Timeline x1"] = async (desk, _) => Text((await Bisect(desk).Timeline(CourierDesk.Monday)).Select(result => result.First?.Message), times: 2),
        ["IInvariantContext.Load x1"] = async (desk, _) => Text([(await Bisect(desk).Find(OfLoad, new JournalScope { After = 3 })).First?.Message]),
        ["ILineage.Causes x2"] = async (desk, id) => Text([.. Titles(await Lineage(desk).Causes(id)), .. Titles(await Lineage(desk).Causes(id, new LineageOptions()))], times: 2),
        ["ILineage.Effects x2"] = async (desk, id) => Text([.. Titles(await Lineage(desk).Effects(id)), .. Titles(await Lineage(desk).Effects(id, new LineageOptions()))], times: 2),
        ["INarrator.Write x3"] = async (desk, _) =>
        {
            var narrator = desk.Services.GetRequiredService<INarrator>();
            using var text = new StringWriter();
            using var bytes = new MemoryStream();
            await narrator.Write(JournalScope.Everything, text, NarrativeFormat.Text, None);
            await narrator.Write(desk.Journal.Read(JournalScope.Everything), text, NarrativeFormat.Markdown, None);
            await narrator.Write(JournalScope.Everything, bytes, NarrativeFormat.JsonLines, None);
            return Text([text.ToString().Split('\n'), .. Encoding.UTF8.GetString(bytes.ToArray()).Split('\n')], times: 3);
        },
    };

    /// <summary>Methods of the same interfaces that give no events.</summary>
    private static readonly HashSet<string> OtherMethods =
        ["IJournal.Append x3", "IJournal.AppendIn x2", "IJournal.FindAppend x1", "IJournal.Head x1", "IAggregateRepository`1.Append x2", "AggregateInspector.Folds x1"];

    /// <summary>Services that give no events: they explain what they are handed, or move bytes as they are stored.</summary>
    private static readonly HashSet<Type> OtherServices =
        [typeof(IExplanations), typeof(EventModel), typeof(JournalExport), typeof(JournalRestore), typeof(IJournalStorage), typeof(OnDemandStorage), typeof(SnapshotWriter), typeof(JournalMarks), typeof(IHostedService), typeof(TimeProvider)];

    /// <summary>What stands behind the listed services.</summary>
    private static readonly HashSet<Type> Behind = [typeof(Journal), typeof(IEnvelopeReader), typeof(AggregateReader<>), typeof(StateHistory<>)];

    public static TheoryData<string> Names => [.. Routes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_route_gives_what_is_stored_as_it_is_today(string route)
    {
        await using var desk = new CourierDesk(UnknownEventPolicy.Fail, OfState, OfLoad);
        var id = await Write(desk);

        await Routes[route](desk, id);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_route_leaves_an_unknown_event_out_where_that_is_the_policy(string route)
    {
        await using var desk = new CourierDesk(UnknownEventPolicy.Skip, OfState, OfLoad);
        await desk.Wrote(new EventMetadata { CorrelationId = "c", Subject = "ada", OccurredAt = CourierDesk.Start }, new Yesterday.Forgotten(1));
        desk.Clock.Advance(TimeSpan.FromTicks(1));
        var id = await WriteAfterOne(desk);

        await Routes[route](desk, id);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_route_fails_on_an_unknown_event_where_that_is_the_policy(string route)
    {
        await using var desk = new CourierDesk(UnknownEventPolicy.Fail, OfState, OfLoad);
        var unknown = await desk.Wrote(new EventMetadata { CorrelationId = "c", Subject = "ada", OccurredAt = CourierDesk.Start }, new Yesterday.Forgotten(1));
        await WriteAfterOne(desk);

        var error = await Assert.ThrowsAnyAsync<NagareException>(() => Routes[route](desk, unknown.AppendId));
        var found = error as UnknownEventException ?? Assert.IsType<UnknownEventException>(error.InnerException);
        Assert.Equal(("courier", "forgotten", 1, new Position(1)), (found.Family, found.TypeName, found.SchemaVersion, found.Position));
    }

    [Fact]
    public void Every_method_that_reads_is_listed()
    {
        Type[] readers = [typeof(IJournal), typeof(IAggregateRepository<>), typeof(AggregateInspector), typeof(IBisect), typeof(IInvariantContext), typeof(ILineage), typeof(INarrator)];
        var methods = readers.SelectMany(reader => reader.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName)
            .GroupBy(method => method.Name)
            .Select(overloads => $"{reader.Name}.{overloads.Key} x{overloads.Count()}"));

        Assert.Equal(methods.Order(StringComparer.Ordinal), Routes.Keys.Concat(OtherMethods).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_service_is_known_to_read_or_not_to()
    {
        var services = new ServiceCollection().AddNagare(nagare => nagare.AddModel<CourierModel>().UseStorage(_ => null!));
        var read = Routes.Keys.Select(route => route.Split('.')[0]).ToHashSet();

        Assert.DoesNotContain(
            services.Select(service => service.ServiceType.IsGenericType ? service.ServiceType.GetGenericTypeDefinition() : service.ServiceType),
            service => !read.Contains(service.Name) && !OtherServices.Contains(service) && !Behind.Contains(service));
    }

    [Fact]
    public void Stored_rows_become_events_in_one_place() => Assert.Equal(
        new Dictionary<string, string[]>
        {
            ["EventType.Read"] = ["StoredShape"],
            ["PastEventType.Read"] = ["StoredShape"],
            ["StoredShape.Read"] = ["EventDecoder"],
            ["PastEventType.Upcast"] = ["EventDecoder"],
            ["EventDecoder.Events"] = ["EventDecoder", "FoldSink`1"],
            ["EventDecoder.Envelopes"] = ["EnvelopePage"],
        }.Select(seam => $"{seam.Key}: {string.Join(", ", seam.Value)}"),
        new[]
        {
            Calls.To(typeof(EventType), nameof(EventType.Read)),
            Calls.To(typeof(PastEventType), nameof(PastEventType.Read)),
            Calls.To(typeof(StoredShape), nameof(StoredShape.Read)),
            Calls.To(typeof(PastEventType), nameof(PastEventType.Upcast)),
            Calls.To(typeof(EventDecoder), nameof(EventDecoder.Events)),
            Calls.To(typeof(EventDecoder), nameof(EventDecoder.Envelopes)),
        });

    [Fact]
    public void Whoever_takes_stored_rows_decodes_them_or_is_known_to_need_no_event()
    {
        string[] decode = ["EnvelopePage", "FoldSink`1"];
        string[] needNoEvent = ["StoredAppendSink", "JournalMarks+MarkSink", "SnapshotWriter+EventAt", "Storage.StoredScope+Page", "RecordedTimeSearch+Probe", "JournalExport+Page"];

        Assert.Equal(
            decode.Concat(needNoEvent).Order(StringComparer.Ordinal),
            typeof(EventDecoder).Assembly.GetTypes().Where(type => type.IsClass && typeof(IStoredEventSink).IsAssignableFrom(type)).Select(type => type.FullName!["Nagare.".Length..]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Export_and_restore_move_the_stored_bytes()
    {
        await using var desk = new CourierDesk();
        await Write(desk);
        using var exported = new MemoryStream();
        await desk.Services.GetRequiredService<JournalExport>().Write(exported);

        var text = Encoding.UTF8.GetString(exported.ToArray());
        Assert.Contains("""{"thought":"why","tool":"map","response":"left","ms":7}""", text, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"heartbeat\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("for ada", text, StringComparison.Ordinal);

        await using var copy = new CourierDesk();
        exported.Position = 0;
        await copy.Services.GetRequiredService<JournalRestore>().Read(exported, "a test");
        using var again = new MemoryStream();
        await copy.Services.GetRequiredService<JournalExport>().Write(again);
        Assert.Equal(text, Encoding.UTF8.GetString(again.ToArray()));
        Assert.Equal((await desk.Days.Load(CourierDesk.Monday)).State.Told, (await copy.Days.Load(CourierDesk.Monday)).State.Told);
    }

    // One to one over two versions, none, several, and one that asks for the envelope: that of version 4.
    private static async Task<Guid> Write(CourierDesk desk)
    {
        await desk.Wrote(new ReasonedV1("sun"));
        return await WriteAfterOne(desk);
    }

    private static async Task<Guid> WriteAfterOne(CourierDesk desk)
    {
        await desk.Wrote(new HeartbeatV1(1), new ToolCalledV1("why", "map", "left", 7));
        var stored = await desk.Wrote(new EventMetadata { CorrelationId = "c", Subject = "ada", OccurredAt = CourierDesk.Start }, new LeftV1("town"));
        await desk.Wrote(new ReasonedV2("rain", "bus"));
        return stored.AppendId;
    }

    private static string Text(IEnumerable<object?> parts, int times = 1)
    {
        var text = string.Join('\n', parts.SelectMany(part => part as IEnumerable<string> ?? [part?.ToString() ?? ""]));
        Assert.True(text.Split(Upcast).Length > times, $"'{Upcast}' was to be read {times} times in:\n{text}");
        return text;
    }

    private static IEnumerable<string> Titles(LineageGraph graph) => graph.Nodes.Select(node => node.Explanation.Title);

    private static IBisect Bisect(CourierDesk desk) => desk.Services.GetRequiredService<IBisect>();

    private static ILineage Lineage(CourierDesk desk) => desk.Services.GetRequiredService<ILineage>();

    private static AggregateInspector Inspector(CourierDesk desk) => desk.Services.GetRequiredService<AggregateInspector>();

    private static async Task<List<T>> All<T>(IAsyncEnumerable<T> items)
        where T : class
    {
        var all = new List<T>();
        await foreach (var item in items)
        {
            all.Add(item);
        }

        return all;
    }

    private sealed class Asking : IBisectInvariant
    {
        public string Name => "load";

        public string Description => "Nobody is sent to town, as far as a load tells.";

        public async ValueTask<InvariantResult> Evaluate(IInvariantContext ctx)
        {
            var day = await ctx.Load<CourierDay>(CourierDesk.Monday);
            return InvariantResult.Check(!day.Told.Any(told => told.Contains("town", StringComparison.Ordinal)), string.Join(", ", day.Told));
        }
    }
}
