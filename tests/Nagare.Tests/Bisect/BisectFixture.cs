using Nagare.Tests.Forensics;

namespace Nagare.Tests.Bisect;

/// <summary>A recorded journal, rules over it, and the search.</summary>
internal sealed class BisectFixture
{
    public BisectFixture(params InvariantRule[] registered)
    {
        var builder = Errands.Builder();
        foreach (var rule in registered)
        {
            builder.AddInvariant(rule);
        }

        Model = builder.Build();
        Journal = new RecordedJournal(Model);
        Bisect = new global::Nagare.Bisect(Journal, Journal, Model, new global::Nagare.Explanations(Model, builder.Explainers, Services.None), new Services("injected"));
    }

    public EventModel Model { get; }

    public RecordedJournal Journal { get; }

    public IBisect Bisect { get; }

    public Envelope Spend(string errand, decimal usd, EventMetadata? metadata = null) => Journal.Add(Errand.Stream(errand), new ErrandEvent.Spent(usd), metadata);

    public static InvariantRule CostAtMost(decimal usd, bool monotone = false) =>
        InvariantRule.OverState<Errand, ErrandEvent>($"cost-at-most-{usd}", "An errand costs no more.", monotone, (errand, _) => InvariantResult.Check(errand.Usd <= usd, $"cost {errand.Usd:0.00}"));

    public static InvariantRule QuickTools(bool monotone = false) =>
        InvariantRule.OverEvent<ErrandEvent.ToolFailed>("quick-tools", "A tool answers within a second.", monotone, (e, _) => InvariantResult.Check(e.LatencyMs <= 1_000, $"{e.LatencyMs} ms"));

    public static InvariantRule Rule(Func<IInvariantContext, ValueTask<InvariantResult>> evaluate, string name = "rule") => InvariantRule.Of(_ => new General(name, evaluate));

    private sealed class General(string name, Func<IInvariantContext, ValueTask<InvariantResult>> evaluate) : IBisectInvariant
    {
        public string Name => name;

        public string Description => "As the test says.";

        public ValueTask<InvariantResult> Evaluate(IInvariantContext ctx) => evaluate(ctx);
    }
}
