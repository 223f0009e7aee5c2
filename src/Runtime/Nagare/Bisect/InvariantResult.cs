namespace Nagare;

/// <summary>Whether a rule holds, and what was found where it does not.</summary>
public readonly record struct InvariantResult
{
    private InvariantResult(string message) => Message = message;

    /// <summary>The rule holds.</summary>
    public static InvariantResult Holds => default;

    /// <summary>Whether the rule holds.</summary>
    public bool IsHeld => Message is null;

    /// <summary>What was found; null where the rule holds.</summary>
    public string? Message { get; }

    /// <summary>The rule fails.</summary>
    /// <param name="message">What was found.</param>
    public static InvariantResult Fails(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new(message);
    }

    /// <summary>The rule holds if the condition does.</summary>
    /// <param name="condition">What must be true.</param>
    /// <param name="message">What was found, where it is not.</param>
    public static InvariantResult Check(bool condition, string message) => condition ? Holds : Fails(message);
}
