using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>A hole of a template that names no member. It holds a symbol and is for analyzers only: models keep the hole as text.</summary>
internal sealed class UnknownHole(string hole, string name, INamedTypeSymbol? owner)
{
    /// <summary>The hole with its braces.</summary>
    public string Hole => hole;

    /// <summary>The name in it that is unknown.</summary>
    public string Name => name;

    /// <summary>The type that has no such member, or null where that is none with members.</summary>
    public INamedTypeSymbol? Owner => owner;
}
