using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>A partial type marked <c>[Aggregate]</c> → <see cref="StateModel"/>.</summary>
internal sealed class StateParser
{
    private const string Describe = "Describe";

    private readonly Dictionary<INamedTypeSymbol, StateShapeModel?> _shapes = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<INamedTypeSymbol, string> _methods = new(SymbolEqualityComparer.Default);
    private readonly INamedTypeSymbol? _context;
    private readonly INamedTypeSymbol _root;

    private StateParser(INamedTypeSymbol root, INamedTypeSymbol? context) => (_root, _context) = (root, context);

    /// <summary>The description to write, or null where nothing can be added or the user wrote one.</summary>
    public static StateModel? Parse(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (type.IsGenericType
            || !IsPartialThroughout(type)
            || !TypeParser.IsReachable(type)
            || type.FindInterface(KnownNames.Aggregate) is not { TypeArguments: [_, INamedTypeSymbol eventBase] }
            || type.GetMembers(Describe).Length > 0)
        {
            return null;
        }

        var parser = new StateParser(type, FamilyParser.JsonContext(eventBase));
        parser.ParseShape(type);
        cancellationToken.ThrowIfCancellationRequested();
        return new StateModel(TypeParser.Parse(type), parser.Shapes().ToEquatableArray());
    }

    private static bool IsPartialThroughout(INamedTypeSymbol type) =>
        TypeParser.IsPartial(type) && (type.ContainingType is null || IsPartialThroughout(type.ContainingType));

    private IEnumerable<StateShapeModel> Shapes() =>
        _shapes.Values.OfType<StateShapeModel>().OrderBy(shape => shape.Method == "Write" ? 0 : 1).ThenBy(shape => shape.FullName, StringComparer.Ordinal);

    private string ParseShape(INamedTypeSymbol type)
    {
        if (_methods.TryGetValue(type, out var known))
        {
            return known;
        }

        var method = SymbolEqualityComparer.Default.Equals(type, _root) ? "Write" : "Write" + type.Name;
        var model = TypeParser.Parse(type);
        method = _methods.ContainsValue(method) ? "Write" + model.MangledName : method;
        _methods.Add(type, method);
        _shapes.Add(type, null);
        _shapes[type] = type.TypeKind == TypeKind.Enum
            ? new StateShapeModel(model.FullName, method, true, default, EnumParser.Parse(type).EnumMembers)
            : new StateShapeModel(model.FullName, method, type.IsValueType, Members(type).ToEquatableArray(), null);
        return method;
    }

    private IEnumerable<StateMemberModel> Members(INamedTypeSymbol type) =>
        MemberParser.Properties(type)
            .Select(property => new StateMemberModel(TypeParser.Escape(property.Name), MemberParser.WireName(property), ParseValue(property.Type)));

    private StateValueModel ParseValue(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            return new StateValueModel(StateValueKind.Nullable, null, ParseValue(nullable.TypeArguments[0]));
        }

        if (ValueParser.Scalar(type) is not null)
        {
            return new StateValueModel(StateValueKind.Scalar);
        }

        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum } enumeration && TypeParser.IsNameable(enumeration))
        {
            return new StateValueModel(StateValueKind.Shape, ParseShape(enumeration));
        }

        if (ItemsOf(type) is { } items)
        {
            return items is INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_String }, var value] } entry && entry.HasMetadataName("System.Collections.Generic.KeyValuePair`2")
                ? new StateValueModel(StateValueKind.Map, null, ParseValue(value))
                : new StateValueModel(StateValueKind.List, null, ParseValue(items));
        }

        if (type is INamedTypeSymbol named && ShapeParser.IsObject(named) && TypeParser.IsNameable(named))
        {
            return new StateValueModel(StateValueKind.Shape, ParseShape(named.Unmarked()));
        }

        return _context is not null && type.TypeKind is not (TypeKind.Dynamic or TypeKind.Pointer)
            ? new StateValueModel(StateValueKind.Foreign, _context.ToDisplayString(TypeParser.FullName))
            : new StateValueModel(StateValueKind.Opaque, type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString());
    }

    /// <summary>The type of the items that can be enumerated, or null.</summary>
    private static ITypeSymbol? ItemsOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T } items => items.TypeArguments[0],
        _ => type.AllInterfaces.Where(candidate => candidate.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T).ToList() is [var only]
            ? only.TypeArguments[0]
            : null,
    };
}
