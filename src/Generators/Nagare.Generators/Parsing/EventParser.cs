using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nagare.Generators;

/// <summary>A record marked <c>[Event]</c> → <see cref="ParsedEvent"/>.</summary>
internal static class EventParser
{
    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellationToken) => node is TypeDeclarationSyntax;

    /// <summary>The event, or null where the type is none that code can be generated for.</summary>
    public static ParsedEvent? Parse(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (!IsEvent(type) || FamilyParser.BaseOf(type) is not { } family)
        {
            return null;
        }

        var shapes = new ShapeParser(type, FamilyParser.JsonContext(family), cancellationToken);
        var shape = shapes.ParseEvent(type);
        var reachable = shapes.Reachable;
        var model = new EventModel(
            TypeParser.Parse(family),
            FamilyParser.StoredName(family)!,
            StoredName(type),
            FormerNames.Of(type).ToEquatableArray(),
            Version(type),
            shape,
            SchemaText.Of(shape, reachable),
            FamilyMembers.Parse(type).Template)
        {
            FamilyFormerNames = FormerNames.Of(family).ToEquatableArray(),
        };
        return new ParsedEvent(model, reachable.ToEquatableArray());
    }

    /// <summary>What tables need to know of the event.</summary>
    public static EventEntry Entry(EventModel e) => new(e.Type, e.Family, e.Name, e.Version);

    /// <summary>Whether the type is an event for which code can be generated: marked, closed over its type parameters, of a family of its own assembly, and visible to generated code.</summary>
    public static bool IsEvent(INamedTypeSymbol type) =>
        type.FindAttribute(KnownNames.EventAttribute) is not null
        && !type.IsGenericType
        && !type.IsAbstract
        && TypeParser.IsReachable(type)
        && FamilyParser.BaseOf(type) is { } family
        && SymbolEqualityComparer.Default.Equals(family.ContainingAssembly, type.ContainingAssembly);

    /// <summary>The stored name: as given, or made from the type's name.</summary>
    public static string StoredName(INamedTypeSymbol type) =>
        type.FindAttribute(KnownNames.EventAttribute) is { ConstructorArguments: [{ Value: string name }] } ? name : EventNames.KebabCase(type.Name);

    /// <summary>The version of its shape, from 1.</summary>
    public static int Version(INamedTypeSymbol type) =>
        type.FindAttribute(KnownNames.EventAttribute)?.NamedArgument("Version", 1) ?? 1;
}
