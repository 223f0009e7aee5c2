using System.Linq;
using Microsoft.CodeAnalysis;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>Which code folds: it is run again whenever a state is loaded.</summary>
internal static class Folds
{
    /// <summary>Whether the code is an <c>Apply</c>, <c>Evolve</c> or <c>Initial</c> of an aggregate, or an upcaster.</summary>
    public static bool Is(ISymbol owner) => owner switch
    {
        IMethodSymbol { Name: "Apply" or "Evolve" } method => AggregateOf(method) is { } aggregate && TakesEvent(method, aggregate),
        IMethodSymbol { MethodKind: MethodKind.PropertyGet, AssociatedSymbol: IPropertySymbol { Name: "Initial", IsStatic: true } initial } => AggregateOf(initial) is not null,
        IPropertySymbol { Name: "Initial", IsStatic: true } initial => AggregateOf(initial) is not null,
        _ => false,
    } || (owner is IMethodSymbol { MethodKind: MethodKind.Ordinary } upcaster && upcaster.FindAttribute(KnownNames.UpcasterAttribute) is not null);

    /// <summary>The aggregate that declares the member, marked or not; null for any other type.</summary>
    public static INamedTypeSymbol? AggregateOf(ISymbol member) =>
        member.ContainingType is { } type && Contract(type) is not null ? type : null;

    /// <summary>How a message names the code.</summary>
    public static string NameOf(ISymbol owner) => owner switch
    {
        IMethodSymbol { MethodKind: MethodKind.PropertyGet, AssociatedSymbol: { } property } => $"{property.ContainingType.Name}.{property.Name}",
        IMethodSymbol method => $"{method.ContainingType.Name}.{method.Name}({string.Join(", ", method.Parameters.Select(static parameter => parameter.Type.Name))})",
        _ => $"{owner.ContainingType.Name}.{owner.Name}",
    };

    private static INamedTypeSymbol? Contract(INamedTypeSymbol type) => type.AllInterfaces.FirstOrDefault(candidate =>
        candidate.HasMetadataName(KnownNames.Aggregate) && SymbolEqualityComparer.Default.Equals(candidate.TypeArguments[0], type));

    private static bool TakesEvent(IMethodSymbol method, INamedTypeSymbol aggregate) =>
        Contract(aggregate)?.TypeArguments[1] is INamedTypeSymbol family
        && method.Parameters.Any(parameter => parameter.Type is INamedTypeSymbol type && Inheritance.IsOrDerivesFrom(type, family));
}
