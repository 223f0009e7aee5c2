using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Nagare.Generators;
using Nagare.Schema;

namespace Nagare.Analyzers;

/// <summary>All that an assembly declares about stored shapes: its events, past events, and upcasters that take JSON.</summary>
internal sealed class StoredDeclarations
{
    private readonly ILookup<(string Family, string Name), StoredDeclaration> _byName;

    private StoredDeclarations(IEnumerable<StoredDeclaration> all) => _byName = all.ToLookup(stored => (stored.Family, stored.Name));

    public static StoredDeclarations Of(IAssemblySymbol assembly, CancellationToken cancellationToken) =>
        new(AssemblyTypes.Of(assembly, cancellationToken).SelectMany(StoredDeclaration.In).ToList());

    public IEnumerable<StoredDeclaration> All => _byName.SelectMany(static same => same);

    /// <summary>All versions of an event.</summary>
    public IEnumerable<StoredDeclaration> Versions(string family, string name) => _byName[(family, name)];
}

/// <summary>One version of an event, as the code declares it.</summary>
/// <param name="family">The stored name of the family.</param>
/// <param name="name">The stored name.</param>
/// <param name="version">The schema version.</param>
/// <param name="symbol">The event, the past event, or the upcaster that takes JSON.</param>
internal sealed class StoredDeclaration(string family, string name, int version, ISymbol symbol)
{
    public string Family { get; } = family;

    public string Name { get; } = name;

    public int Version { get; } = version;

    public ISymbol Symbol { get; } = symbol;

    /// <summary>Whether it is the event of today.</summary>
    public bool IsToday => Symbol is INamedTypeSymbol type && EventParser.IsEvent(type);

    /// <summary>What a type declares.</summary>
    public static IEnumerable<StoredDeclaration> In(INamedTypeSymbol type)
    {
        if (EventParser.IsEvent(type))
        {
            yield return OfEvent(type);
        }
        else if (PastEventParser.IsPastEvent(type))
        {
            var mark = PastEventParser.Mark(type)!;
            yield return new StoredDeclaration(FamilyParser.StoredName(mark.Family)!, mark.Name, mark.Version, type);
        }

        // Attributes are asked for last: binding those of every method takes long.
        foreach (var method in type.GetMembers().OfType<IMethodSymbol>().Where(static method => method is { IsStatic: true, Parameters.Length: 1 or 2 } && method.Parameters[0].Type.Is(KnownNames.JsonElement)))
        {
            if (UpcasterReader.TryRead(method) is { Problem: null, Raw: var (name, version), Family: { } family })
            {
                yield return new StoredDeclaration(FamilyParser.StoredName(family)!, name, version, method);
            }
        }
    }

    public static StoredDeclaration OfEvent(INamedTypeSymbol type) =>
        new(FamilyParser.StoredName(FamilyParser.BaseOf(type)!)!, EventParser.StoredName(type), EventParser.Version(type), type);

    /// <summary>Its schema, or null where it cannot be stored.</summary>
    public SchemaLock? Schema(CancellationToken cancellationToken) => Symbol is not INamedTypeSymbol type ? EventSchema.OfJson(Family, Name, Version)
        : IsToday ? EventParser.Parse(type, cancellationToken) is { Event.Shape.Problem: null } parsed ? EventSchema.Of(parsed) : null
        : PastEventParser.Parse(type, cancellationToken) is { Event.Shape.Problem: null } past ? EventSchema.Of(past) : null;

    /// <summary>The schema of several.</summary>
    public static SchemaLock Schema(IEnumerable<StoredDeclaration> declarations, CancellationToken cancellationToken) =>
        SchemaMerge.Of(declarations.Select(stored => stored.Schema(cancellationToken)).Where(static part => part is not null)!);
}
