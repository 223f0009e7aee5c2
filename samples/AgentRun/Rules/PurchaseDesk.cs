using Nagare;

namespace AgentRuns;

/// <summary>What the rules for the story's purchasing agent ask to be known at a step.</summary>
[Aggregate(IgnoreRest = true)]
public sealed partial record PurchaseDesk : IAggregate<PurchaseDesk, AgentRunEvent>
{
    /// <summary>Whether the user's latest words agree to something.</summary>
    public bool UserAgrees { get; init; }

    private PurchaseDesk Apply(AgentRunEvent.UserSaid e) => this with { UserAgrees = Agreement.IsIn(e.Text) };
}
