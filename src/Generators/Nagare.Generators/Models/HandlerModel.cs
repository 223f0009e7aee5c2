namespace Nagare.Generators;

/// <summary>One arm of a generated switch that calls a method of the user's.</summary>
internal sealed record HandlerModel
{
    /// <summary>The type handled, <c>global::</c>-qualified.</summary>
    public required string Type { get; init; }

    /// <summary>The name of the value in the arm.</summary>
    public required string Variable { get; init; }

    /// <summary>Whether the method is static and takes the state in front.</summary>
    public required bool IsStatic { get; init; }

    /// <summary>Whether the method changes the state in place and returns nothing.</summary>
    public required bool ReturnsVoid { get; init; }

    /// <summary>Whether the method takes the envelope or the decision's context as its last parameter.</summary>
    public required bool TakesContext { get; init; }
}
