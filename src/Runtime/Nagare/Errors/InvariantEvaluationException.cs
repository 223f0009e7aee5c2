namespace Nagare;

/// <summary>A rule threw instead of saying whether it holds. The search ends here: what comes after could not be told from a rule that holds.</summary>
public sealed class InvariantEvaluationException(string rule, Envelope at, Exception inner)
    : NagareException($"The invariant '{rule}' could not be evaluated at {at}: {inner.GetType()}: {inner.Message} Correct the rule, or ask without it.", inner)
{
    /// <summary>The rule's name.</summary>
    public string Rule { get; } = rule;

    /// <summary>The event after which it was asked.</summary>
    public Envelope At { get; } = at;
}
