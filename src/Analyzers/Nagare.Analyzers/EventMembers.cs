using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>What a person declared in an event, or in a record that events derive from.</summary>
internal static class EventMembers
{
    /// <summary>Whether the type is an event, a group of events, or a family's base.</summary>
    public static bool BelongsToFamily(INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Class, IsRecord: true } && (FamilyParser.BaseOf(type) is not null || FamilyParser.StoredName(type) is not null);

    /// <summary>Its instance properties and fields, as far as they are its own and written by hand.</summary>
    public static IEnumerable<ISymbol> ByHand(INamedTypeSymbol type) =>
        type.GetMembers().Where(static member => member is { IsStatic: false, IsImplicitlyDeclared: false } and (IPropertySymbol { IsIndexer: false } or IFieldSymbol { IsConst: false }) && GeneratedCode.IsByHand(member));

    /// <summary>Whether the property keeps a value of its own, rather than computing one.</summary>
    public static bool IsAuto(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));
}
