using Nagare.Testing;

namespace Agent._1.Tests;

/// <summary>Decisions and rules, without a journal.</summary>
public class AgentRunTests
{
    private static readonly AgentRunEvent.Asked Asked = new("Where is order 7?");
    private static readonly AgentRunEvent.ToolCalled Called = new("orders", "7");

    [Fact]
    public void A_call_is_recorded() => Scenario.For<AgentRun>()
        .Given(Asked)
        .When(new CallTool("orders", "7"))
        .Then(Called);

    [Fact]
    public void The_same_call_is_refused() => Scenario.For<AgentRun>()
        .Given(Asked, Called)
        .When(new CallTool("orders", "7"))
        .ThenRejected("same-call");

    [Fact]
    public void An_answer_out_of_thin_air_breaks_the_rule() => Scenario.For<AgentRun>()
        .Given(Asked, new AgentRunEvent.Answered("It is on its way."))
        .ThenBreaks(AgentModel.Invariants.AnswersRestOnFindings);

    [Fact]
    public void An_answer_that_rests_on_a_finding_keeps_it() => Scenario.For<AgentRun>()
        .Given(Asked, Called, new AgentRunEvent.ToolReturned("orders", "Order 7 was shipped."), new AgentRunEvent.Answered("It was shipped."))
        .ThenHolds(AgentModel.Invariants.AnswersRestOnFindings);
}
