using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>What an <c>[Upcaster]</c> method says, in symbols, or why it is none.</summary>
internal sealed class UpcasterReader
{
    private UpcasterReader(IMethodSymbol method) => Method = method;

    /// <summary>The method.</summary>
    public IMethodSymbol Method { get; }

    /// <summary>Why no chain can call it, as the end of a sentence about it; null where one can.</summary>
    public string? Problem { get; private set; }

    /// <summary>The base record of the family.</summary>
    public INamedTypeSymbol? Family { get; private set; }

    /// <summary>The past event that it takes; null for raw JSON.</summary>
    public INamedTypeSymbol? Source { get; private set; }

    /// <summary>The past event that it returns; null for events of today.</summary>
    public INamedTypeSymbol? Target { get; private set; }

    /// <summary>The stored name and version that an upcaster of raw JSON reads.</summary>
    public (string Name, int Version)? Raw { get; private set; }

    /// <summary>Whether it returns any number.</summary>
    public bool IsMany { get; private set; }

    /// <summary>What it takes besides the old shape.</summary>
    public UpcasterContext Context { get; private set; }

    /// <summary>The method as an upcaster, or null where it is not marked.</summary>
    public static UpcasterReader? TryRead(IMethodSymbol method)
    {
        if (method.FindAttribute(KnownNames.UpcasterAttribute) is not { } mark)
        {
            return null;
        }

        var reader = new UpcasterReader(method);
        reader.Problem = reader.ReadHead() ?? reader.ReadSource(mark) ?? reader.ReadResult();
        return reader;
    }

    private string? ReadHead() =>
        !Method.IsStatic ? "is not static"
        : Method.IsGenericMethod || Inheritance.IsGeneric(Method.ContainingType) ? "has type parameters, or its type does"
        : Method.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal)
            || !Visibility.Includes(Method.ContainingType, Method.ContainingAssembly) ? "is not visible to generated code; make it and the types around it internal"
        : Method.Parameters.Any(static parameter => parameter.RefKind is not (RefKind.None or RefKind.In)) ? "takes a parameter by ref or out"
        : null;

    private string? ReadSource(AttributeData mark)
    {
        if (Method.Parameters is not [var old, ..] || Method.Parameters.Length > 2)
        {
            return "takes none or too many parameters; it takes the old shape, and EventMetadata or Envelope where it needs it";
        }

        if (Method.Parameters.Length == 2)
        {
            var second = Method.Parameters[1].Type;
            Context = second.Is(KnownNames.EventMetadata) ? UpcasterContext.Metadata : second.Is(KnownNames.Envelope) ? UpcasterContext.Envelope : UpcasterContext.None;
            if (Context == UpcasterContext.None)
            {
                return $"takes {second.ToDisplayString()} as its second parameter; only EventMetadata and Envelope can be handed to it";
            }
        }

        if (old.Type.Is(KnownNames.JsonElement))
        {
            Raw = mark.ConstructorArguments is [{ Value: string name }, { Value: int version }] ? (name, version) : null;
            return Raw is null ? "takes raw JSON but does not say of which event; write [Upcaster(\"name\", version)]"
                : Raw is { Version: < 1 } ? "reads a version below 1"
                : Raw is { Name.Length: 0 } ? "reads an event without a name"
                : null;
        }

        Source = old.Type as INamedTypeSymbol;
        return Source is null || PastEventParser.Mark(Source) is not { } past ? $"takes {old.Type.ToDisplayString()}, which is not marked [PastEvent]"
            : !mark.ConstructorArguments.IsEmpty ? $"names an event, but takes {Source.Name}, which says itself what it is; write [Upcaster]"
            : Own(past.Family);
    }

    private string? ReadResult()
    {
        var result = Method.ReturnType;
        if (FamilyOf(result) is not { } family)
        {
            (result, IsMany) = (Element(result), true);
            if (result is null || FamilyOf(result) is not { } element)
            {
                return $"returns {Method.ReturnType.ToDisplayString()}, which is neither an event of the family, nor a past event, nor an IEnumerable of either";
            }

            family = element;
        }

        Target = result is INamedTypeSymbol named && PastEventParser.Mark(named) is not null ? named : null;
        return Family is null ? Own(family)
            : SymbolEqualityComparer.Default.Equals(Family, family) ? null
            : $"leads from the family {Family.Name} to {family.Name}";
    }

    private string? Own(INamedTypeSymbol family)
    {
        Family = family;
        return SymbolEqualityComparer.Default.Equals(family.ContainingAssembly, Method.ContainingAssembly)
            ? null
            : $"belongs to the family {family.Name} of another assembly; upcasters stand in the family's own";
    }

    // The base record itself is a promise too: one of its events.
    private static INamedTypeSymbol? FamilyOf(ITypeSymbol type) => type is not INamedTypeSymbol named ? null
        : PastEventParser.Mark(named)?.Family
            ?? (FamilyParser.StoredName(named) is not null ? named : FamilyParser.BaseOf(named));

    private static ITypeSymbol? Element(ITypeSymbol type) =>
        (type is INamedTypeSymbol named ? type.AllInterfaces.Prepend(named) : (IEnumerable<INamedTypeSymbol>)type.AllInterfaces)
            .FirstOrDefault(static candidate => candidate.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)?.TypeArguments[0];
}
