using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>Something that reads a stored name and version: an event, a past event, or an upcaster of raw JSON.</summary>
/// <param name="symbol">The record or the method.</param>
/// <param name="family">The base record of the family.</param>
/// <param name="name">The stored name.</param>
/// <param name="version">The schema version.</param>
/// <param name="formerNames">Names under which it was stored before.</param>
internal sealed class NamedShape(ISymbol symbol, INamedTypeSymbol family, string name, int version, IReadOnlyList<string> formerNames)
{
    public ISymbol Symbol { get; } = symbol;

    public string Name { get; } = name;

    public int Version { get; } = version;

    public IReadOnlyList<string> FormerNames { get; } = formerNames;

    /// <summary>The name and the former ones.</summary>
    public IEnumerable<string> Names => FormerNames.Prepend(Name);

    /// <summary>Whether it is an event of today.</summary>
    public bool IsEvent => Symbol is INamedTypeSymbol type && PastEventParser.Mark(type) is null;

    /// <summary>Whether it is a past event.</summary>
    public bool IsPast => Symbol is INamedTypeSymbol type && PastEventParser.Mark(type) is not null;

    /// <summary>Whether it is of the same family.</summary>
    public bool IsBeside(NamedShape other) => SymbolEqualityComparer.Default.Equals(family, other.Family);

    /// <summary>The stored name of the family.</summary>
    public string? FamilyName => FamilyParser.StoredName(family);

    private INamedTypeSymbol Family => family;

    /// <summary>Whether a symbol is marked as what may read a stored name.</summary>
    public static bool IsMarked(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => method.FindAttribute(KnownNames.UpcasterAttribute) is not null,
        INamedTypeSymbol type => type.FindAttribute(KnownNames.EventAttribute) is not null || type.FindAttribute(KnownNames.PastEventAttribute) is not null,
        _ => false,
    };

    /// <summary>The event or past event that a type is, or null.</summary>
    public static NamedShape? TryRead(INamedTypeSymbol type)
    {
        if (PastEventParser.Mark(type) is { } past)
        {
            return PastEventParser.IsPastEvent(type) ? new NamedShape(type, past.Family, past.Name, past.Version, [.. Generators.FormerNames.Of(type)]) : null;
        }

        return EventParser.IsEvent(type) && FamilyParser.BaseOf(type) is { } family
            ? new NamedShape(type, family, EventParser.StoredName(type), EventParser.Version(type), [.. Generators.FormerNames.Of(type)])
            : null;
    }
}
