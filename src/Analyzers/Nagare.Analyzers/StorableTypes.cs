using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>Events of which it is plain that they can be stored, so that only the others are taken apart. Types inside events are looked at once.</summary>
internal sealed class StorableTypes
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Whether nothing can stand in the way of a codec; false where only the parser can tell.</summary>
    public bool Includes(INamedTypeSymbol e, CancellationToken cancellationToken)
    {
        if (MemberParser.HasOwnConverter(e) || ConstructorParser.Choose(e) is not { } constructor)
        {
            return false;
        }

        var properties = MemberParser.Properties(e).ToList();
        return properties.All(property => property.GetAttributes().IsEmpty && IsPlain(property.Type, e.ContainingAssembly, cancellationToken))
            && properties.Select(static property => property.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() == properties.Count
            && constructor.Parameters.All(parameter => parameter.HasExplicitDefaultValue || properties.Any(property =>
                string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase) && SymbolEqualityComparer.Default.Equals(property.Type, parameter.Type)));
    }

    private bool IsPlain(ITypeSymbol type, IAssemblySymbol assembly, CancellationToken cancellationToken) => type switch
    {
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => IsPlain(nullable.TypeArguments[0], assembly, cancellationToken),
        _ when ValueParser.Scalar(type) is not null => true,
        _ when ValueParser.Collection(type) is var (_, element) => IsPlain(element, assembly, cancellationToken),
        INamedTypeSymbol named => SymbolEqualityComparer.Default.Equals(named.ContainingAssembly, assembly) && TypeParser.IsReachable(named) && IsClean(named, cancellationToken),
        _ => false,
    };

    private bool IsClean(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(type, out var isClean))
        {
            return isClean;
        }

        isClean = type.TypeKind == TypeKind.Enum ? !MemberParser.HasOwnConverter(type) && EnumParser.CanBeCombined(type) : ShapeParser.IsObject(type) && HasShape(type, cancellationToken);
        return _known.GetOrAdd(type, isClean);
    }

    private static bool HasShape(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var shapes = new ShapeParser(type, null, cancellationToken);
        shapes.ParseEvent(type);
        return shapes.Problems.Count == 0 && !MemberParser.Properties(type).Any(MemberParser.HasOwnConverter);
    }
}
