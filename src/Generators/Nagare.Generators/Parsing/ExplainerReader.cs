using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>What an explainer says about its events. Read by the generator to write the dispatch, and by NAG1001 to judge it.</summary>
internal sealed class ExplainerReader
{
    private const string MethodName = "Explain";

    private ExplainerReader(INamedTypeSymbol type, INamedTypeSymbol family, INamedTypeSymbol contract)
    {
        Type = type;
        Family = family;
        Contract = contract;
    }

    /// <summary>The explainer.</summary>
    public INamedTypeSymbol Type { get; }

    /// <summary>The base record of the family it explains.</summary>
    public INamedTypeSymbol Family { get; }

    /// <summary><c>IEventExplainer&lt;TEvent&gt;</c> as the explainer implements it.</summary>
    public INamedTypeSymbol Contract { get; }

    /// <summary>Whether it is marked, and so part of the assembly's model.</summary>
    public bool IsMarked => Type.FindAttribute(KnownNames.ExplainerAttribute) is not null;

    /// <summary>An explainer of a family, marked or not, or null.</summary>
    public static ExplainerReader? TryRead(INamedTypeSymbol type)
    {
        if (type is not { TypeKind: TypeKind.Class, IsStatic: false } || Inheritance.IsGeneric(type))
        {
            return null;
        }

        var contract = type.AllInterfaces.FirstOrDefault(static candidate => candidate.HasMetadataName(KnownNames.EventExplainer));
        return contract?.TypeArguments[0] is INamedTypeSymbol { TypeKind: TypeKind.Class } family ? new ExplainerReader(type, family, contract) : null;
    }

    /// <summary>
    /// <c>Explain(E)</c> or <c>Explain(E, Envelope)</c> for each event or group of events, as written. A method over the whole family
    /// is the interface's own and explains nothing by itself.
    /// </summary>
    public ImmutableArray<Handler> Explains()
    {
        var handlers =
            from method in SourceOrder.MethodsByHand(Type, MethodName)
            where !method.IsGenericMethod && method.ReturnType.Is(KnownNames.Explanation)
            where method.Parameters.Length == 1 || (method.Parameters.Length == 2 && method.Parameters[1].Type.Is(KnownNames.Envelope))
            let handled = method.Parameters[0].Type as INamedTypeSymbol
            where handled is not null && Inheritance.IsOrDerivesFrom(handled, Family) && !SymbolEqualityComparer.Default.Equals(handled, Family)
            select new Handler(method, handled);
        return [.. Handler.OneEach(handlers)];
    }

    /// <summary>Whether the interface's member with this many parameters is written by hand.</summary>
    public bool WritesByHand(int parameters) =>
        Contract.GetMembers(MethodName).FirstOrDefault(member => member is IMethodSymbol method && method.Parameters.Length == parameters) is { } member
        && GeneratedCode.ImplementsByHand(Type, member);
}
