using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>An event's type and all that is reachable from its members → <see cref="ShapeModel"/>s.</summary>
internal sealed partial class ShapeParser(INamedTypeSymbol root, INamedTypeSymbol? context, CancellationToken cancellationToken)
{
    // Whether a type's format is ours to say, which is asked by each event that holds it.
    private static readonly SymbolTable<StrongBox<bool>> OurOwn = new(static type =>
        new(type.TypeKind == TypeKind.Enum ? HasNamesOnly(type) : IsObject(type) && HasOurFormat(type)));

    private readonly Dictionary<INamedTypeSymbol, ShapeModel?> _shapes = new(SymbolEqualityComparer.Default);
    private readonly List<ShapeProblem> _problems = [];
    private ISymbol? _member;

    // The named types that the members of the type at hand are made of.
    private List<INamedTypeSymbol> _inner = [];

    // Whether a type was met inside itself: what is found there depends on where the circle was entered, and is kept for nobody.
    private bool _isCircular;

    /// <summary>The types inside the event, in ordinal order.</summary>
    public IReadOnlyList<ShapeModel> Reachable =>
        _shapes.Values.OfType<ShapeModel>().OrderBy(shape => shape.Type.FullName, StringComparer.Ordinal).ToList();

    /// <summary>All that stands in the way of a codec, in the order found.</summary>
    public IReadOnlyList<ShapeProblem> Problems => _problems;

    /// <summary>The event's own shape. Its problem is the first one found anywhere inside it.</summary>
    public ShapeModel ParseEvent(INamedTypeSymbol type)
    {
        var shape = MemberParser.HasOwnConverter(type)
            ? Broken(TypeParser.Parse(type), $"{type.ToDisplayString()} has a [JsonConverter] of its own; an event is stored by its generated codec")
            : ParseObject(type);
        if (shape.Problem is { } problem && _problems.Count == 0)
        {
            _problems.Add(new ShapeProblem(null, problem));
        }

        return shape with { Problem = shape.Problem ?? _problems.FirstOrDefault()?.Sentence };
    }

    private ShapeModel ParseObject(INamedTypeSymbol type)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var model = TypeParser.Parse(type);
        if (ConstructorParser.Choose(type) is not { } constructor)
        {
            return Broken(model, $"{type.ToDisplayString()} has no constructor to choose: mark one with [JsonConstructor]");
        }

        var members = new List<MemberModel>();
        var arguments = new MemberModel?[constructor.Parameters.Length];
        var stored = new HashSet<string>(StringComparer.Ordinal);
        string? problem = null;
        foreach (var property in MemberParser.Properties(type))
        {
            var parameter = MemberParser.ParameterOf(property, constructor);
            if (!MemberParser.IsStored(property, parameter))
            {
                continue;
            }

            if (SymbolEqualityComparer.Default.Equals(type, root))
            {
                _member = property;
            }

            if (MemberParser.HasOwnConverter(property))
            {
                Refuse($"{property.ToDisplayString()} has a [JsonConverter] of its own, which no codec calls: put it on the member's type, and name a JsonSerializerContext that has that in [EventFamily(Json = typeof(...))]");
                continue;
            }

            var value = ParseValue(property.Type);
            if (value is null)
            {
                Refuse($"{property.ToDisplayString()} is of type {property.Type.ToDisplayString()}, which no codec covers: name a JsonSerializerContext that has it in [EventFamily(Json = typeof(...))]");
                continue;
            }

            var member = MemberParser.Parse(property, parameter, value, members);
            members.Add(member);
            stored.Add(property.Name);
            if (parameter is not null)
            {
                arguments[parameter.Ordinal] = member;
            }
        }

        if (SymbolEqualityComparer.Default.Equals(type, root))
        {
            _member = null;
        }

        if (problem is null && TwiceWritten(members) is { } written)
        {
            Refuse($"{type.ToDisplayString()} stores two members as '{written}'");
        }

        if (problem is null && members.Exists(static member => member.FormerNames.Count > 0) && Twice(members.SelectMany(Names)) is { } read)
        {
            Refuse($"{type.ToDisplayString()} reads two members from '{read}', which is a former name of one of them");
        }

        if (problem is null && constructor.Parameters.FirstOrDefault(parameter => arguments[parameter.Ordinal] is null && !parameter.HasExplicitDefaultValue && !MemberParser.IsIgnored(type, parameter)) is { } stray)
        {
            Refuse($"{type.ToDisplayString()} takes '{stray.Name}' in its constructor, which no property of that name and type holds");
        }

        if (problem is null && IsState && Lost(type, stored) is { } lost)
        {
            Refuse($"{type.ToDisplayString()} holds '{(lost.AssociatedSymbol ?? lost).Name}', which is not stored, so that a snapshot would lose it: make it a public property that can be set, or give a codec by AddSnapshots");
        }

        return new ShapeModel(model, false, members.ToEquatableArray(), constructor.Parameters.Select(Argument).ToEquatableArray(), default, problem);

        string Argument(IParameterSymbol parameter) =>
            arguments[parameter.Ordinal] is { } member ? MemberParser.Argument(member) : ConstructorParser.Default(parameter) + "!";

        void Refuse(string sentence)
        {
            problem ??= sentence;
            _problems.Add(new ShapeProblem(_member, sentence));
        }
    }

    // Members are few: a set of their names costs more than looking.
    private static string? TwiceWritten(List<MemberModel> members)
    {
        for (var i = 1; i < members.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (members[j].WireName == members[i].WireName)
                {
                    return members[i].WireName;
                }
            }
        }

        return null;
    }

    private static string? Twice(IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return names.FirstOrDefault(name => !seen.Add(name));
    }

    // All names that a member is read from, each once.
    private static IEnumerable<string> Names(MemberModel member) =>
        member.FormerNames.Count == 0 ? [member.WireName] : member.FormerNames.Prepend(member.WireName).Distinct();

    private ValueModel? ParseValue(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            return ParseValue(nullable.TypeArguments[0]) is { } inner ? inner with { IsNullable = true } : null;
        }

        var name = type is INamedTypeSymbol { IsGenericType: false, TypeKind: not TypeKind.Error } simple ? Naming.FullName(simple) : type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(TypeParser.FullName);
        var isNullable = !type.IsValueType && type.NullableAnnotation != NullableAnnotation.NotAnnotated;
        if (ValueParser.Scalar(type) is { } scalar)
        {
            return new ValueModel(scalar, name, isNullable, type.IsValueType);
        }

        if (ValueParser.Collection(type) is var (kind, elementType))
        {
            return ParseValue(elementType) is { } element ? new ValueModel(kind, name, isNullable, type.IsValueType, element) : null;
        }

        if (type is INamedTypeSymbol named && ParseNamed(named) is { } parsed)
        {
            return new ValueModel(parsed.Kind, name, isNullable, type.IsValueType, null, parsed.Converter);
        }

        return context is not null && type.TypeKind is not (TypeKind.Dynamic or TypeKind.Pointer or TypeKind.TypeParameter)
            ? new ValueModel(ValueKind.Foreign, name, isNullable, type.IsValueType, null, context.ToDisplayString(TypeParser.FullName))
            {
                Cases = Cases(type),
                IsNumberedEnum = type is INamedTypeSymbol { TypeKind: TypeKind.Enum } numbered && EnumParser.IsNumbered(numbered, context),
            }
            : null;
    }

    private (ValueKind Kind, string Converter)? ParseNamed(INamedTypeSymbol type)
    {
        type = type.Unmarked();
        _inner.Add(type);
        _isCircular |= SymbolEqualityComparer.Default.Equals(type, root) || (_shapes.TryGetValue(type, out var begun) && begun is null);
        var isEnum = type.TypeKind == TypeKind.Enum;
        if (!OurOwn.Of(type).Value || !IsReachable(type))
        {
            return null;
        }

        // An event inside another one has a converter of its own already.
        if (!SymbolEqualityComparer.Default.Equals(type, root) && !EventParser.IsEvent(type) && !_shapes.ContainsKey(type))
        {
            _shapes.Add(type, null);
            var shape = isEnum ? EnumParser.Parse(type) : ParseInner(type);
            if (shape is { Problem: not null, Members.Count: 0 })
            {
                _shapes.Remove(type);
                return null;
            }

            _shapes[type] = shape;
        }

        return (isEnum ? ValueKind.Enum : ValueKind.Object, ConverterNames.Of(TypeParser.Parse(type)));
    }

    // A type inside many events is parsed once, where nothing inside it stands in the way of a codec: only then is it the same from every event.
    private ShapeModel ParseInner(INamedTypeSymbol type)
    {
        if (InnerShape.Find(type, context) is { } known)
        {
            foreach (var inner in known.Inner)
            {
                ParseNamed(inner);
            }

            return known.Shape;
        }

        var (around, problems) = (_inner, _problems.Count);
        _inner = [];
        var shape = ParseObject(type);
        if (!_isCircular && problems == _problems.Count && shape.Problem is null && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, root.ContainingAssembly))
        {
            InnerShape.Keep(type, context, shape, _inner);
        }

        _inner = around;
        return shape;
    }

    /// <summary>Whether the type is one whose properties say what it is: a user's class or struct, no collection, not abstract, without a converter of its own.</summary>
    public static bool IsObject(INamedTypeSymbol type) =>
        type.TypeKind is TypeKind.Class or TypeKind.Struct
        && type is { IsAbstract: false, IsStatic: false, IsTupleType: false, IsRefLikeType: false }
        && !IsPlatform(type.ContainingNamespace)
        && !MemberParser.HasOwnConverter(type)
        && type.FindInterface("System.Collections.IEnumerable") is null;

    // What [JsonDerivedType] calls each case: a text, a number, or nothing, which only one can be.
    private static EquatableArray<string> Cases(ITypeSymbol type) => type.GetAttributes()
        .Where(attribute => attribute.AttributeClass?.HasMetadataName(KnownNames.JsonDerivedTypeAttribute) == true && attribute.ConstructorArguments.Length > 0)
        .Select(attribute => attribute.ConstructorArguments.Length > 1 ? Convert.ToString(attribute.ConstructorArguments[1].Value, CultureInfo.InvariantCulture)! : "")
        .Distinct()
        .OrderBy(name => name, StringComparer.Ordinal)
        .ToEquatableArray();

    private bool IsReachable(INamedTypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, root.ContainingAssembly)
            ? TypeParser.IsReachable(type)
            : TypeParser.IsNameable(type) && IsPublic(type);

    private static bool IsPublic(INamedTypeSymbol type) =>
        type.DeclaredAccessibility == Accessibility.Public && (type.ContainingType is null || IsPublic(type.ContainingType));

    // The platform's classes look like objects too, but what they hold is not what they mean.
    private static bool IsPlatform(INamespaceSymbol space)
    {
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            space = space.ContainingNamespace;
        }

        return space.Name is "System" or "Microsoft";
    }

    // A converter on one of its members makes the whole type the context's, which heeds the mark.
    private static bool HasOurFormat(INamedTypeSymbol type) => !MemberParser.Properties(type).Any(MemberParser.HasOwnConverter);

    // A converter other than the one that writes names is the user's own: its format is not ours to guess.
    private static bool HasNamesOnly(INamedTypeSymbol type) => !MemberParser.HasOwnConverter(type) && EnumParser.CanBeCombined(type);

    private static ShapeModel Broken(TypeModel type, string problem) => new(type, false, default, default, default, problem);
}
