using Nagare.Testing;
using static AgentRuns.AgentRunEvent;
using static AgentRuns.AgentRunsModel;

namespace AgentRuns.Tests;

/// <summary>The same promises as a user of the library writes them: given, when, then.</summary>
public class ScenarioTests
{
    private static readonly Started Begun = new(RunFormat.Live, "restock");
    private static readonly ToolCalled Order = new("call-1", "place_order", """{"sacks":254,"unit_price_eur":21.50}""");
    private static readonly ToolFailed Refused = new("call-1", "place_order", "no credit", "");

    [Fact]
    public void The_same_failing_call_is_refused() => Scenario.For<AgentRun>()
        .Given(Begun, Order, Refused)
        .When(new CallTool("call-2", Order.Tool, Order.Arguments!))
        .ThenRejected("same-call");

    [Fact]
    public void A_big_order_without_a_yes_breaks_the_rule() => Scenario.For<AgentRun>()
        .Given(Begun, new UserSaid("Top it up."), Order)
        .ThenBreaks(Invariants.BigOrdersAreAskedFor);

    [Fact]
    public void The_same_order_after_a_yes_keeps_the_rule() => Scenario.For<AgentRun>()
        .Given(Begun, new UserSaid("Yes, go ahead."), Order)
        .ThenHolds(Invariants.BigOrdersAreAskedFor);

    [Fact]
    public void A_cancellation_without_a_yes_breaks_the_airlines_policy() => Scenario.For<AgentRun>()
        .Given(Begun, new Instructed("# Airline Agent Policy"), new UserSaid("Cancel ABC123."), new ToolCalled("call-1", "cancel_reservation", """{"reservation_id":"ABC123"}"""))
        .ThenBreaks(Invariants.AsksFirst);

    [Fact]
    public void Another_backend_breaks_the_rule() => Scenario.For<AgentRun>()
        .Given(new ModelReplied("a", Fingerprint: "fp_1"), new ModelReplied("b", Fingerprint: "fp_2"))
        .ThenBreaks(Invariants.OneBackend);
}
