using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators.Tests.Driving;

/// <summary>Walks all that is reachable from an object by its fields.</summary>
internal static class ObjectGraph
{
    public static IReadOnlyCollection<object> Reachable(IEnumerable<object?> roots)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var waiting = new Stack<object?>(roots);
        while (waiting.TryPop(out var next))
        {
            if (next is null || next is string || next.GetType().IsPrimitive || !seen.Add(next))
            {
                continue;
            }

            if (next is IEnumerable items and (Array or ICollection))
            {
                foreach (var item in items)
                {
                    waiting.Push(item);
                }
            }

            for (var type = next.GetType(); type is not null; type = type.BaseType)
            {
                foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                {
                    waiting.Push(field.GetValue(next));
                }
            }
        }

        return seen;
    }

    public static bool BelongsToTheCompiler(object value) => value is ISymbol or SyntaxNode or SyntaxTree or Compilation or Location or SemanticModel or AttributeData;
}
