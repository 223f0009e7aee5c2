using System;
using System.Linq;

namespace Nagare.Generators;

/// <summary>Puts a generated class where it can see the type it is for.</summary>
internal static class Placement
{
    /// <summary>Prints a class in the generated namespace, or, for a type that only the types around it see, inside those.</summary>
    /// <param name="source">Where to.</param>
    /// <param name="type">The type the class is for.</param>
    /// <param name="body">Prints the class, given its accessibility.</param>
    /// <param name="forward">Prints, inside each containing type from the inside out, what makes the class known further out; null for nothing.</param>
    public static void Around(SourceWriter source, TypeModel type, Action<string> body, Action<ContainingTypeModel?>? forward = null)
    {
        if (type.IsVisible || type.ContainingTypes.Count == 0)
        {
            source.Block($"namespace {KnownNames.GeneratedNamespace}", () => body("internal"));
            return;
        }

        InNamespace(source, type, () => Nest(source, type, 0, body, forward));
    }

    /// <summary>Prints the type's own declaration again, with members added.</summary>
    /// <param name="source">Where to.</param>
    /// <param name="type">The type.</param>
    /// <param name="attribute">What stands above it, or nothing.</param>
    /// <param name="members">Prints the members.</param>
    /// <param name="bases">What stands behind its name, or nothing.</param>
    public static void Inside(SourceWriter source, TypeModel type, string attribute, Action members, string bases = "") =>
        InNamespace(source, type, () => Nest(source, type, 0, _ =>
        {
            if (attribute.Length > 0)
            {
                source.Line(attribute);
            }

            source.Block(type.Declaration + bases, members);
        }, null));

    private static void InNamespace(SourceWriter source, TypeModel type, Action body)
    {
        if (type.Namespace.Length == 0)
        {
            body();
        }
        else
        {
            source.Block($"namespace {type.Namespace}", body);
        }
    }

    private static void Nest(SourceWriter source, TypeModel type, int depth, Action<string> body, Action<ContainingTypeModel?>? forward)
    {
        if (depth == type.ContainingTypes.Count)
        {
            body("private");
            return;
        }

        source.Block(type.ContainingTypes[depth].Declaration, () =>
        {
            if (forward is not null)
            {
                forward(type.ContainingTypes.ElementAtOrDefault(depth + 1));
                source.Line();
            }

            Nest(source, type, depth + 1, body, forward);
        });
    }
}
