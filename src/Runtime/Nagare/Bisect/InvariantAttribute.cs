namespace Nagare;

/// <summary>
/// Marks a rule: a static method over a state (<c>InvariantResult Rule(RunCost run)</c>) or over one event
/// (<c>InvariantResult Rule(AgentRunEvent.ToolReturned e)</c>), either with the <see cref="Envelope"/> as a second parameter where
/// it is wanted, or a class that implements <see cref="IBisectInvariant"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, Inherited = false)]
public sealed class InvariantAttribute : Attribute
{
    /// <summary>Marks a class; its name and description are its own.</summary>
    public InvariantAttribute()
    {
    }

    /// <summary>Marks a method.</summary>
    /// <param name="name">The rule's name, stable, unique within an application.</param>
    /// <param name="description">What must hold, as a sentence.</param>
    public InvariantAttribute(string name, string description) => (Name, Description) = (name, description);

    /// <summary>The rule's name; null on a class.</summary>
    public string? Name { get; }

    /// <summary>What must hold; null on a class.</summary>
    public string? Description { get; }

    /// <summary>
    /// Whether the author declares that the rule, once broken in a stream, stays broken. A search reports a rule that is declared
    /// so and recovers all the same (<see cref="BisectResult.Contradiction"/>).
    /// </summary>
    public bool Monotone { get; set; }
}
