using System;

namespace Nagare.Generators;

/// <summary>A partial type declared once more, inside its namespace and the types around it.</summary>
/// <remarks>
/// Its members say that they are generated; the type must not, because analyzers would then take the user's own half for generated
/// too and say nothing about it.
/// </remarks>
internal static class Reopened
{
    /// <summary>Prints the type with <paramref name="body"/> as its members; <paramref name="bases"/> is what stands behind its name.</summary>
    public static void Print(SourceWriter writer, TypeModel type, Action body, string bases = "")
    {
        if (type.Namespace.Length > 0)
        {
            writer.Line($"namespace {type.Namespace};");
            writer.Line();
        }

        PrintAround(writer, type, 0, () => writer.Block(type.Declaration + bases, body));
    }

    private static void PrintAround(SourceWriter writer, TypeModel type, int depth, Action body)
    {
        if (depth == type.ContainingTypes.Count)
        {
            body();
        }
        else
        {
            writer.Block(type.ContainingTypes[depth].Declaration, () => PrintAround(writer, type, depth + 1, body));
        }
    }
}
