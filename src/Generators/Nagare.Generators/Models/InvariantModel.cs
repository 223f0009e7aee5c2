namespace Nagare.Generators;

/// <summary>A rule marked <c>[Invariant]</c>.</summary>
internal sealed record InvariantModel
{
    /// <summary>Which of the three forms it has.</summary>
    public required InvariantForm Form { get; init; }

    /// <summary>The method, or the class, <c>global::</c>-qualified.</summary>
    public required string Target { get; init; }

    /// <summary>The simple names from the outermost namespace to the method or class: what the property may be called.</summary>
    public required EquatableArray<string> Path { get; init; }

    /// <summary>The stored name; empty for a class, which has its own.</summary>
    public string Name { get; init; } = "";

    /// <summary>What must hold; empty for a class, which has its own.</summary>
    public string Description { get; init; } = "";

    /// <summary>Whether once broken in a stream it is declared to stay broken.</summary>
    public bool IsMonotone { get; init; }

    /// <summary>The state or event that a method takes, <c>global::</c>-qualified.</summary>
    public string Subject { get; init; } = "";

    /// <summary>For a rule over state, the family that the state folds, <c>global::</c>-qualified.</summary>
    public string Family { get; init; } = "";

    /// <summary>Whether a method takes the envelope too.</summary>
    public bool TakesEnvelope { get; init; }

    /// <summary>How a class is made.</summary>
    public ConstructorModel? Constructor { get; init; }
}

/// <summary>The three forms of a rule.</summary>
internal enum InvariantForm
{
    /// <summary>A static method over folded state.</summary>
    OverState,

    /// <summary>A static method over single events.</summary>
    OverEvent,

    /// <summary>A class that implements <c>IBisectInvariant</c>.</summary>
    Class,
}

/// <summary>A rule with the name of its property in <c>Invariants</c>.</summary>
internal sealed record InvariantProperty(string Name, InvariantModel Rule);
