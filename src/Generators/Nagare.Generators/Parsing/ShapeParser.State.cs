using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>The state of an aggregate: unlike an event it is all that its fields hold, whoever may see them.</summary>
internal sealed partial class ShapeParser
{
    /// <summary>Whether the root is a state: what is inside it must then be kept whole, too.</summary>
    public bool IsState { get; init; }

    /// <summary>The state's own shape. What stands in the way is in <see cref="Problems"/>.</summary>
    public ShapeModel ParseState(INamedTypeSymbol type)
    {
        var model = TypeParser.Parse(type);
        if (ConstructorParser.Choose(type) is not { } constructor)
        {
            _problems.Add(new ShapeProblem(null, $"{type.ToDisplayString()} has no constructor to choose: mark one with [JsonConstructor]"));
            return Broken(model, _problems[0].Sentence);
        }

        var members = new List<MemberModel>();
        var parameters = new Dictionary<IParameterSymbol, MemberModel>(SymbolEqualityComparer.Default);
        foreach (var field in Fields(type))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var kept = field.AssociatedSymbol ?? field;
            _member = kept;
            if (Refusal(type, field, kept) is { } refusal)
            {
                _problems.Add(new ShapeProblem(kept, refusal));
            }
            else if (ParseValue(field.Type) is not { } value)
            {
                _problems.Add(new ShapeProblem(kept, $"{kept.ToDisplayString()} is of type {field.Type.ToDisplayString()}, which no codec covers: name a JsonSerializerContext that has it in [EventFamily(Json = typeof(...))]"));
            }
            else
            {
                var parameter = kept is IPropertySymbol property ? MemberParser.ParameterOf(property, constructor) : null;
                var member = MemberParser.OfState(type, field, parameter, value, members);
                members.Add(member);
                if (parameter is not null)
                {
                    parameters.Add(parameter, member);
                }
            }
        }

        // The field of an event is not among a type's members.
        foreach (var handler in type.GetMembers().OfType<IEventSymbol>().Where(static handler => handler is { IsStatic: false, AddMethod.IsImplicitlyDeclared: true }))
        {
            _problems.Add(new ShapeProblem(handler, $"{handler.ToDisplayString()} is an event, which a snapshot cannot keep"));
        }

        _member = null;
        if (Twice(members.Select(member => member.WireName)) is { } stored)
        {
            _problems.Add(new ShapeProblem(null, $"{type.ToDisplayString()} keeps two members as '{stored}'"));
        }

        if (constructor.Parameters.FirstOrDefault(parameter => !parameters.ContainsKey(parameter) && !parameter.HasExplicitDefaultValue) is { } stray)
        {
            _problems.Add(new ShapeProblem(null, $"{type.ToDisplayString()} takes '{stray.Name}' in its constructor, which no property of that name and type holds"));
        }

        var arguments = constructor.Parameters.Select(parameter =>
            parameters.TryGetValue(parameter, out var member) ? MemberParser.Argument(member) : ConstructorParser.Default(parameter) + "!");
        return new ShapeModel(model, false, members.ToEquatableArray(), arguments.ToEquatableArray(), default, _problems.FirstOrDefault()?.Sentence);
    }

    /// <summary>The first field of a type inside a state that its codec would lose, or null. Of another assembly's types only what is public is known.</summary>
    private static IFieldSymbol? Lost(INamedTypeSymbol type, IReadOnlyCollection<string> stored) =>
        type.DeclaringSyntaxReferences.Length == 0 ? null : Fields(type).FirstOrDefault(field => field.AssociatedSymbol is not IPropertySymbol property || !stored.Contains(property.Name));

    private static IEnumerable<IFieldSymbol> Fields(INamedTypeSymbol type) =>
        new[] { type }.Concat(type.BaseTypes())
            .SelectMany(static declaring => declaring.GetMembers().OfType<IFieldSymbol>())
            .Where(static field => field is { IsStatic: false });

    private static string? Refusal(INamedTypeSymbol type, IFieldSymbol field, ISymbol kept) => kept switch
    {
        IPropertySymbol property when MemberParser.HasOwnConverter(property) => $"{kept.ToDisplayString()} has a [JsonConverter] of its own, which no codec calls: put it on the member's type, and name a JsonSerializerContext that has that in [EventFamily(Json = typeof(...))]",
        _ when field.ContainingType.IsGenericType => $"{kept.ToDisplayString()} is inherited from a generic type; give a codec by AddSnapshots instead",
        _ when !SymbolEqualityComparer.Default.Equals(field.ContainingType, type) && kept is not IPropertySymbol { DeclaredAccessibility: Accessibility.Public, GetMethod.DeclaredAccessibility: Accessibility.Public } =>
            $"{kept.ToDisplayString()} is inherited and not public, so that the state cannot be read; give a codec by AddSnapshots instead",
        _ => null,
    };
}
