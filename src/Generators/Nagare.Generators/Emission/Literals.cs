using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;

namespace Nagare.Generators;

/// <summary>Values as C# literals.</summary>
internal static class Literals
{
    /// <summary>A text in quotes, with everything escaped that needs it.</summary>
    public static string Text(string value) => IsPlain(value) ? "\"" + value + "\"" : SymbolDisplay.FormatLiteral(value, quote: true);

    /// <summary>A text and the end of its line.</summary>
    public static string Line(string line) => IsPlain(line) ? "\"" + line + "\\n\"" : Text(line + "\n");

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
