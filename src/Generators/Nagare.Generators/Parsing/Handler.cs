using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>A method that takes one kind of event or command: <c>Apply(Started e)</c>, <c>Decide(Abort c, DecisionContext at)</c>, <c>Explain(Started e)</c>.</summary>
/// <param name="Method">The method.</param>
/// <param name="Handled">What it takes.</param>
internal readonly record struct Handler(IMethodSymbol Method, INamedTypeSymbol Handled)
{
    /// <summary>
    /// The order of a switch: the user's, except that a more derived type stands before its bases, without which the switch would
    /// not compile.
    /// </summary>
    public static ImmutableArray<T> InSwitchOrder<T>(IEnumerable<T> arms, Func<T, INamedTypeSymbol> handled)
    {
        var ordered = new List<T>();
        foreach (var arm in arms)
        {
            var firstBase = ordered.FindIndex(earlier => Inheritance.IsOrDerivesFrom(handled(arm), handled(earlier)));
            ordered.Insert(firstBase < 0 ? ordered.Count : firstBase, arm);
        }

        return [.. ordered];
    }

    /// <summary>One handler a type, the first: a second overload with another context is a choice only the user can make.</summary>
    public static IEnumerable<Handler> OneEach(IEnumerable<Handler> handlers) =>
        handlers.GroupBy(static handler => handler.Handled, SymbolEqualityComparer.Default).Select(static group => group.First());
}
