using Microsoft.Extensions.DependencyInjection;
using Nagare.Testing;

namespace Nagare.Tests.Forensics;

/// <summary>
/// Three agents work on one request, each in a stream of its own: a planner hands a search to one colleague and a purchase to another,
/// and answers from what both bring back. Something goes wrong on the way, and every question about it has an answer.
/// </summary>
public sealed class HandoverStoryTests : IAsyncLifetime
{
    private static readonly StreamId Plan = Errand.Stream("plan");
    private static readonly StreamId Search = Errand.Stream("search");
    private static readonly StreamId Buy = Errand.Stream("buy");

    private readonly ServiceProvider _services = new ServiceCollection()
        .AddNagare(nagare => nagare.AddModel<HandoverModel>().UseStorage(_ => new InMemoryStorage()))
        .BuildServiceProvider();

    private Guid _asked;
    private Guid _slow;
    private Guid _answered;

    private IJournal Journal => _services.GetRequiredService<IJournal>();

    public async ValueTask InitializeAsync()
    {
        using var request = EventScope.Begin(new EventMetadata { CorrelationId = "request-77", Subject = "customer:7" });
        _asked = await Tell("planner", Plan, [new CausationId("chat-message-9")], new ErrandEvent.Asked("a warm coat under 50"));
        var searched = await Tell("searcher", Search, [_asked], new ErrandEvent.Asked("coats"));
        _slow = await Tell("searcher", Search, [searched], new ErrandEvent.ToolFailed("shop", 4_000));
        var found = await Tell("searcher", Search, [_slow], new ErrandEvent.Answered("the red one"));
        var filled = await Tell("bank", Purse.Stream("p"), [_asked], new PurseEvent.Filled(50));
        var bought = await Tell("buyer", Buy, [found, filled], new ErrandEvent.Spent(60));
        using (EventScope.Begin(new EventMetadata { CorrelationId = "another request" }))
        {
            await Tell("planner", Plan, [], new ErrandEvent.Spent(1));
        }

        _answered = await Tell("planner", Plan, [bought, found], new ErrandEvent.Answered("bought the red one"));
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task The_answer_leads_back_to_what_the_user_said_across_all_streams()
    {
        var why = await _services.GetRequiredService<ILineage>().Causes(_answered);

        Assert.Equal(["errand/plan", "errand/search", "errand/search", "errand/search", "purse/p", "errand/buy", "errand/plan"], why.Nodes.Select(node => node.Envelope.StreamId.ToString()));
        Assert.Equal([_asked], why.Roots.Select(root => root.Envelope.EventId));
        Assert.Equal([new MissingCause("chat-message-9", _asked)], why.Missing);
        Assert.Contains("The searcher was told: the red one", why.ToProse(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_followed_from_the_bad_tool_call_is_found_in_every_stream()
    {
        var poisoned = await _services.GetRequiredService<ILineage>().Effects(_slow);

        Assert.Equal(["errand/search v2", "errand/search v3", "errand/buy v1", "errand/plan v3"], poisoned.Nodes.Select(node => $"{node.Envelope.StreamId} v{node.Envelope.Version}"));
    }

    [Fact]
    public async Task The_first_step_that_broke_a_rule_is_found_within_the_request()
    {
        var found = await _services.GetRequiredService<IBisect>().FindEach(HandoverModel.Rules, JournalScope.Correlated("request-77"));

        Assert.Equal(["errand/search v2: 4000 ms", "errand/buy v1: 60 of 50"], found.Select(result => $"{result.First!.Event.StreamId} v{result.First.Event.Version}: {result.First.Message}"));
        Assert.Equal(1, found[0].LastGood?.Version.Value);
        Assert.Null(found[1].LastGood);
        Assert.Equal("shop failed", found[0].First!.Explanation.Title);
    }

    [Fact]
    public async Task Every_rule_has_its_place_on_the_timeline_of_each_stream()
    {
        var bisect = _services.GetRequiredService<IBisect>();

        Assert.Equal([2L, null], (await bisect.Timeline(Search)).Select(result => result.First?.Event.Version.Value));
        Assert.Equal([null, 1L], (await bisect.Timeline(Buy)).Select(result => result.First?.Event.Version.Value));
        Assert.Equal([null, null], (await bisect.Timeline(Plan)).Select(result => result.First?.Event.Version.Value));
    }

    [Fact]
    public async Task The_whole_request_reads_as_prose_in_every_format()
    {
        var narrator = _services.GetRequiredService<INarrator>();
        foreach (var format in Enum.GetValues<NarrativeFormat>())
        {
            using var output = new StringWriter();

            Assert.Equal(7, await narrator.Write(JournalScope.Correlated("request-77"), output, format));

            Assert.Contains("shop failed", output.ToString(), StringComparison.Ordinal);
            Assert.Contains("buyer", output.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_tool_that_knows_none_of_the_types_explains_by_what_the_journal_keeps()
    {
        var spent = (await Journal.Read(JournalScope.Of(Buy)).ToListAsync()).Single();
        var kept = await _services.GetRequiredService<Storage.IJournalStorage>().ReadTypes(CancellationToken.None);

        Assert.Equal("Spent 60", StoredExplanation.Of(kept.Single(type => type.Name == "spent"), spent.Data).Title);
    }

    private async Task<Guid> Tell(string actor, StreamId stream, CausationId[] causes, object e)
    {
        var metadata = new EventMetadata { Actor = actor, CausationId = causes.Length == 0 ? default(CausationId?) : causes[0], FurtherCauses = [.. causes.Skip(1)] };
        return (await Journal.Append(stream, ExpectedVersion.Any, [e], metadata)).AppendId;
    }

    private sealed class HandoverModel : IEventModel
    {
        public static IReadOnlyList<InvariantRule> Rules { get; } =
        [
            InvariantRule.OverEvent<ErrandEvent.ToolFailed>("quick-tools", "A tool answers within a second.", false, (e, _) => InvariantResult.Check(e.LatencyMs <= 1_000, $"{e.LatencyMs} ms")),
            InvariantRule.Of(_ => new WithinPurse()),
        ];

        public static void Register(EventModelBuilder model)
        {
            model.AddFamily(Errands.Family);
            model.AddFamily(Errands.PurseFamily);
            model.AddAggregate<Errand, ErrandEvent>();
            model.AddAggregate<Purse, PurseEvent>();
            model.AddExplainer<ErrandEvent>(_ => new Explainer());
            foreach (var rule in Rules)
            {
                model.AddInvariant(rule);
            }
        }
    }

    private sealed class WithinPurse : IBisectInvariant
    {
        public string Name => "within-purse";

        public string Description => "Nobody spends more than the purse holds.";

        public async ValueTask<InvariantResult> Evaluate(IInvariantContext ctx)
        {
            if (ctx.Latest.Event is not ErrandEvent.Spent)
            {
                return InvariantResult.Holds;
            }

            var spent = await ctx.Load<Errand>(ctx.StreamId);
            var purse = await ctx.Load<Purse>(Purse.Stream("p"));
            return InvariantResult.Check(spent.Usd <= purse.Usd, $"{spent.Usd} of {purse.Usd}");
        }
    }

    private sealed class Explainer : IEventExplainer<ErrandEvent>
    {
        public Explanation Explain(ErrandEvent e) => e switch
        {
            ErrandEvent.ToolFailed failed => new Explanation($"{failed.ToolName} failed", $"after {failed.LatencyMs} ms"),
            _ => new Explanation(e.GetType().Name),
        };

        public Explanation Explain(ErrandEvent e, Envelope at) => e is ErrandEvent.Answered answered ? new Explanation($"The {at.Metadata.Actor} was told", answered.Text) : Explain(e);
    }
}
