using Nagare;

namespace AgentRuns;

/// <summary>Five runs of an agent that buys for a few bakeries. In one of them a tool is wrong and the agent believes it.</summary>
internal sealed class BakeryRuns(IAggregateRepository<AgentRun> runs)
{
    private const string Model = "oven-2";

    private const string Instructions =
        "You buy for Hazel's bakeries. Look at stock and price before you order. Place an order over 500 euros only after the user has said yes to it.";

    public static StreamId TheOneThatWentWrong { get; } = new("agent-run", "riverside-flour");

    public async Task Record(CancellationToken cancellationToken)
    {
        await HarbourRye(cancellationToken);
        await AllShopsFlour(cancellationToken);
        await RiversideFlour(cancellationToken);
        await QuaysideSugar(cancellationToken);
        await HarbourFlour(cancellationToken);
    }

    private async Task HarbourRye(CancellationToken cancellationToken)
    {
        var run = await Begin("harbour-rye", "hazel", cancellationToken);
        await run.User("What does a sack of rye cost this week?", cancellationToken);
        await run.Calls("The supplier's price list knows.", [("supplier_price", """{"item":"rye"}""")], cancellationToken);
        await run.Returns("""{"item":"rye","unit_price_eur":19.80}""", 0.21, cancellationToken);
        await run.Says("A sack of rye costs 19.80 euros this week.", cancellationToken);
        await run.Ends("answered", cancellationToken);
    }

    private async Task AllShopsFlour(CancellationToken cancellationToken)
    {
        var run = await Begin("all-shops-flour", "hazel", cancellationToken);
        await run.User("How much flour do Harbour, Quayside and Millgate have together?", cancellationToken);
        await run.Calls(
            "Three shops, three questions, no order among them.",
            [("stock_level", """{"shop":"Harbour","item":"flour"}"""), ("stock_level", """{"shop":"Quayside","item":"flour"}"""), ("stock_level", """{"shop":"Millgate","item":"flour"}""")],
            cancellationToken);
        await run.Returns("""{"shop":"Harbour","item":"flour","sacks":22}""", 0.09, cancellationToken);
        await run.Returns("""{"shop":"Quayside","item":"flour","sacks":17}""", 0.11, cancellationToken);
        await run.Returns("""{"shop":"Millgate","item":"flour","sacks":9}""", 0.10, cancellationToken);
        await run.Says("48 sacks: 22 at Harbour, 17 at Quayside, 9 at Millgate.", cancellationToken);
        await run.Ends("answered", cancellationToken);
    }

    private async Task RiversideFlour(CancellationToken cancellationToken)
    {
        var run = await Begin(TheOneThatWentWrong.Id, "theo", cancellationToken);
        await run.User("Top Riverside up to 40 sacks of flour before the weekend.", cancellationToken);
        await run.Calls(
            "I need the stock and the price.",
            [("stock_level", """{"shop":"Riverside","item":"flour"}"""), ("supplier_price", """{"item":"flour"}""")],
            cancellationToken);
        await run.Returns("""{"shop":"Riverside","item":"flour","sacks":-214,"sensor":"fw 2.0.0"}""", 0.08, cancellationToken);
        await run.Returns("""{"item":"flour","unit_price_eur":21.50}""", 0.19, cancellationToken);
        await run.Calls(
            "Riverside is at -214 sacks, so 254 sacks bring it to 40.",
            [("place_order", """{"shop":"Riverside","item":"flour","sacks":254,"unit_price_eur":21.50}""")],
            cancellationToken);
        await run.Returns("""{"order":"PO-1187","status":"dispatched"}""", 0.62, cancellationToken);
        await run.Says("Done: 254 sacks of flour are on their way to Riverside (PO-1187).", cancellationToken);
        await run.User("254? There are 31 on the shelf. Cancel that.", cancellationToken);
        await run.Calls("The order must be stopped.", [("cancel_order", """{"order":"PO-1187"}""")], cancellationToken);
        await run.Fails("too late", """{"order":"PO-1187","status":"delivered to the carrier"}""", cancellationToken);
        await run.Says("I am sorry. PO-1187 has left the warehouse and cannot be cancelled any more.", cancellationToken);
        await run.Ends("given up", cancellationToken);
    }

    private async Task QuaysideSugar(CancellationToken cancellationToken)
    {
        var run = await Begin("quayside-sugar", "hazel", cancellationToken);
        await run.User("Quayside needs 30 sacks of sugar.", cancellationToken);
        await run.Calls("First the price.", [("supplier_price", """{"item":"suger"}""")], cancellationToken);
        await run.Fails("unknown item", """{"error":"unknown item 'suger'"}""", cancellationToken);
        await run.Calls("A slip of the pen.", [("supplier_price", """{"item":"sugar"}""")], cancellationToken);
        await run.Returns("""{"item":"sugar","unit_price_eur":24.00}""", 0.20, cancellationToken);
        await run.Says("30 sacks of sugar cost 720.00 euros. Shall I order them?", cancellationToken);
        await run.User("Yes, go ahead.", cancellationToken);
        await run.Calls("The user has agreed.", [("place_order", """{"shop":"Quayside","item":"sugar","sacks":30,"unit_price_eur":24.00}""")], cancellationToken);
        await run.Returns("""{"order":"PO-1188","status":"accepted"}""", 0.58, cancellationToken);
        await run.Says("Ordered: 30 sacks of sugar for Quayside (PO-1188).", cancellationToken);
        await run.Ends("ordered", cancellationToken);
    }

    private async Task HarbourFlour(CancellationToken cancellationToken)
    {
        var run = await Begin("harbour-flour", "theo", cancellationToken);
        await run.User("Fill Harbour up to 40 sacks of flour.", cancellationToken);
        await run.Calls(
            "I need the stock and the price.",
            [("stock_level", """{"shop":"Harbour","item":"flour"}"""), ("supplier_price", """{"item":"flour"}""")],
            cancellationToken);
        await run.Returns("""{"shop":"Harbour","item":"flour","sacks":22}""", 0.09, cancellationToken);
        await run.Returns("""{"item":"flour","unit_price_eur":21.50}""", 0.18, cancellationToken);
        await run.Calls("18 sacks cost 387.00 euros, which I may order.", [("place_order", """{"shop":"Harbour","item":"flour","sacks":18,"unit_price_eur":21.50}""")], cancellationToken);
        await run.Returns("""{"order":"PO-1189","status":"accepted"}""", 0.55, cancellationToken);
        await run.Says("Ordered: 18 sacks of flour for Harbour (PO-1189), 387.00 euros.", cancellationToken);
        await run.Ends("ordered", cancellationToken);
    }

    private async Task<LiveRun> Begin(string id, string user, CancellationToken cancellationToken)
    {
        var run = new LiveRun(runs, id, user, Model);
        await run.Begin("restock", Instructions, cancellationToken);
        return run;
    }
}
