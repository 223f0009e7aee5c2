using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>What an aggregate says about its events and commands. Read by the generator to write the fold, and by NAG1002 to judge it.</summary>
internal sealed class AggregateReader
{
    private const string IgnoreRestArgument = "IgnoreRest";

    private AggregateReader(INamedTypeSymbol type, INamedTypeSymbol family, INamedTypeSymbol contract, AttributeData attribute)
    {
        Type = type;
        Family = family;
        Contract = contract;
        Attribute = attribute;
    }

    /// <summary>The aggregate.</summary>
    public INamedTypeSymbol Type { get; }

    /// <summary>The base record of the family it folds.</summary>
    public INamedTypeSymbol Family { get; }

    /// <summary><c>IAggregate&lt;TSelf, TEvent&gt;</c> as the aggregate implements it.</summary>
    public INamedTypeSymbol Contract { get; }

    /// <summary>The aggregate's mark.</summary>
    public AttributeData Attribute { get; }

    /// <summary>Whether every event without a method is ignored on purpose.</summary>
    public bool IgnoresRest => Attribute.NamedArgument(IgnoreRestArgument, false);

    /// <summary>An aggregate that the model can list, or null: marked, no struct, not generic, and of a family.</summary>
    public static AggregateReader? TryRead(INamedTypeSymbol type)
    {
        if (!type.IsReferenceType || Inheritance.IsGeneric(type) || type.FindAttribute(KnownNames.AggregateAttribute) is not { } attribute)
        {
            return null;
        }

        var contract = type.AllInterfaces.FirstOrDefault(candidate =>
            candidate.HasMetadataName(KnownNames.Aggregate) && SymbolEqualityComparer.Default.Equals(candidate.TypeArguments[0], type));
        return contract?.TypeArguments[1] is INamedTypeSymbol family && family.TypeKind == TypeKind.Class
            ? new AggregateReader(type, family, contract, attribute)
            : null;
    }

    /// <summary>The events that <c>[Ignores]</c> names, each once, in the order of the attributes.</summary>
    public ImmutableArray<INamedTypeSymbol> Ignored() =>
        [.. Type.GetAttributes()
            .Where(static attribute => attribute.AttributeClass is { } type && type.HasMetadataName(KnownNames.IgnoresAttribute))
            .Select(static attribute => attribute.AttributeClass!.TypeArguments[0])
            .OfType<INamedTypeSymbol>()
            .Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default)
            .Where(ignored => Inheritance.IsOrDerivesFrom(ignored, Family))];

    /// <summary><c>Apply(E)</c> on the state, or static <c>Apply(TSelf, E)</c>, for each event or group of events, as written.</summary>
    public ImmutableArray<Handler> Applies() => Handlers("Apply", IsFold, type => Inheritance.IsOrDerivesFrom(type, Family));

    /// <summary><c>Decide(C)</c> or <c>Decide(C, DecisionContext)</c>, or the same static with the state in front, as written.</summary>
    public ImmutableArray<Handler> Decides() => Handlers("Decide", IsDecision, IsCommand);

    /// <summary>Whether <c>Initial</c>, <c>Evolve</c> or <c>Decide</c> of the contract is written by hand.</summary>
    public bool WritesByHand(string member) =>
        Contract.GetMembers(member).FirstOrDefault() is { } declared && GeneratedCode.ImplementsByHand(Type, declared);

    /// <summary>Whether a method of the state handles it: its first parameter, or for a static one its second behind the state.</summary>
    private ImmutableArray<Handler> Handlers(string name, Func<IMethodSymbol, int, bool> fits, Func<INamedTypeSymbol, bool> isHandled)
    {
        var handlers = ImmutableArray.CreateBuilder<Handler>();
        foreach (var method in SourceOrder.MethodsByHand(Type, name))
        {
            var at = method.IsStatic ? 1 : 0;
            if (!method.IsGenericMethod
                && method.Parameters.Length > at
                && method.Parameters.All(static parameter => parameter.RefKind is RefKind.None or RefKind.In)
                && (!method.IsStatic || SymbolEqualityComparer.Default.Equals(method.Parameters[0].Type, Type))
                && method.Parameters[at].Type is INamedTypeSymbol handled
                && isHandled(handled)
                && fits(method, at + 1))
            {
                handlers.Add(new Handler(method, handled));
            }
        }

        return [.. Handler.OneEach(handlers)];
    }

    private bool IsFold(IMethodSymbol method, int parameters) =>
        method.Parameters.Length == parameters && (method.ReturnsVoid || SymbolEqualityComparer.Default.Equals(method.ReturnType, Type));

    private bool IsDecision(IMethodSymbol method, int parameters) =>
        method.ReturnType is INamedTypeSymbol { TypeArguments.Length: 1 } decision
        && decision.HasMetadataName(KnownNames.Decision)
        && SymbolEqualityComparer.Default.Equals(decision.TypeArguments[0], Family)
        && (method.Parameters.Length == parameters
            || (method.Parameters.Length == parameters + 1 && method.Parameters[parameters].Type.Is(KnownNames.DecisionContext)));

    // The dispatch itself, written by hand, takes the interface: that is no decision for one command.
    private bool IsCommand(INamedTypeSymbol type) =>
        type.AllInterfaces.Any(candidate => candidate.HasMetadataName(KnownNames.Command) && SymbolEqualityComparer.Default.Equals(candidate.TypeArguments[0], Type));
}
