using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;

namespace Nagare.Generators;

/// <summary>Values as C# literals.</summary>
internal static class Literals
{
    /// <summary>A text in quotes, with everything escaped that needs it.</summary>
    public static string Text(string value) => IsPlain(value) ? "\"" + value + "\"" : SymbolDisplay.FormatLiteral(value, quote: true);

    /// <summary>Whether a text of several lines can stand in a raw literal as it is: nothing that ends a line but the line feed, nothing that no file can hold, no quotes in a row.</summary>
    public static bool IsRaw(string value)
    {
        foreach (var character in value)
        {
            if (character != '\n' && (character is < ' ' or '\u007F' or '\u0085' or '\u2028' or '\u2029' || char.IsSurrogate(character) || char.IsControl(character)))
            {
                return false;
            }
        }

        return !value.Contains("\"\"\"");
    }

    /// <summary>A collection of texts.</summary>
    public static string List(IEnumerable<string> values) => $"[{string.Join(", ", values.Select(Text))}]";

    // What nearly all names and texts are, and ten times as fast.
    private static bool IsPlain(string value)
    {
        foreach (var character in value)
        {
            if (character is < ' ' or > '~' or '"' or '\\')
            {
                return false;
            }
        }

        return true;
    }
}
