using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nagare.Generators;

/// <summary>A record marked <c>[PastEvent]</c> → <see cref="ParsedPastEvent"/>.</summary>
internal static class PastEventParser
{
    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellationToken) => node is TypeDeclarationSyntax;

    /// <summary>The past event, or null where the type is none that code can be generated for.</summary>
    public static ParsedPastEvent? Parse(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (!IsPastEvent(type) || Mark(type) is not { } mark)
        {
            return null;
        }

        var shapes = new ShapeParser(type, FamilyParser.JsonContext(mark.Family), cancellationToken);
        var shape = shapes.ParseEvent(type);
        return new ParsedPastEvent(new PastEventModel(FamilyParser.StoredName(mark.Family)!, mark.Name, mark.Version, shape) { FormerNames = FormerNames.Of(type).ToEquatableArray() }, shapes.Reachable.ToEquatableArray());
    }

    /// <summary>What chains need to know of a past event.</summary>
    public static PastEventEntry ParseEntry(INamedTypeSymbol type)
    {
        var mark = Mark(type)!;
        return new PastEventEntry(TypeParser.Parse(type), Naming.FullName(mark.Family), mark.Name, mark.Version, FormerNames.Of(type).ToEquatableArray());
    }

    /// <summary>Whether the type is a past event for which code can be generated: marked with a family of its own assembly, closed over its type parameters, to be made and to be named by all code of the assembly.</summary>
    public static bool IsPastEvent(INamedTypeSymbol type) => Mark(type) is not null && Problem(type) is null;

    /// <summary>Why a type that is marked is no past event, as the end of a sentence about it; null where it is one, or is not marked.</summary>
    public static string? Problem(INamedTypeSymbol type) => Mark(type) is not { } mark ? null
        : Inheritance.IsGeneric(type) ? "has type parameters"
        : type.IsAbstract ? "is abstract"
        : !Visibility.Includes(type, type.ContainingAssembly) ? "is not visible to all code of its assembly; make it internal or public"
        : FamilyParser.StoredName(mark.Family) is null ? $"names {mark.Family.Name} as its family, which is not marked [EventFamily]"
        : !SymbolEqualityComparer.Default.Equals(mark.Family.ContainingAssembly, type.ContainingAssembly) ? $"belongs to the family {mark.Family.Name} of another assembly; past events stand in the family's own"
        : mark.Version < 1 ? "has a version below 1"
        : EventParser.IsEvent(type) ? "is marked [Event] too; a past event is a record of its own"
        : null;

    /// <summary>What the mark says, or null where there is none.</summary>
    public static PastEventMark? Mark(INamedTypeSymbol type) =>
        type.FindAttribute(KnownNames.PastEventAttribute) is { AttributeClass.TypeArguments: [INamedTypeSymbol family], ConstructorArguments: [{ Value: string name }, { Value: int version }] }
            ? new PastEventMark(family, name, version)
            : null;

    /// <summary>What <c>[PastEvent]</c> says.</summary>
    /// <param name="family">The base record.</param>
    /// <param name="name">The stored name.</param>
    /// <param name="version">The schema version.</param>
    internal sealed class PastEventMark(INamedTypeSymbol family, string name, int version)
    {
        public INamedTypeSymbol Family { get; } = family;

        public string Name { get; } = name;

        public int Version { get; } = version;
    }
}
