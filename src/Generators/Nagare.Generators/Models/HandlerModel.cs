namespace Nagare.Generators;

/// <summary>One arm of a generated switch: a method of the user's to call, or a type that is ignored on purpose.</summary>
internal sealed record HandlerModel
{
    /// <summary>The type handled, <c>global::</c>-qualified.</summary>
    public required string Type { get; init; }

    /// <summary>The name of the value in the arm.</summary>
    public required string Variable { get; init; }

    /// <summary>Whether nothing happens.</summary>
    public bool IsIgnored { get; init; }

    /// <summary>Whether the method is static and takes the state in front.</summary>
    public bool IsStatic { get; init; }

    /// <summary>Whether the method changes the state in place and returns nothing.</summary>
    public bool ReturnsVoid { get; init; }

    /// <summary>Whether the method takes the envelope or the decision's context as its last parameter.</summary>
    public bool TakesContext { get; init; }
}
