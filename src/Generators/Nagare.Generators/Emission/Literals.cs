using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;

namespace Nagare.Generators;

/// <summary>Values as C# literals.</summary>
internal static class Literals
{
    /// <summary>A text in quotes, with everything escaped that needs it.</summary>
    public static string Text(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    /// <summary>A collection of texts.</summary>
    public static string List(IEnumerable<string> values) => $"[{string.Join(", ", values.Select(Text))}]";
}
