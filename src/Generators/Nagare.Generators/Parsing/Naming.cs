using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Names that emitted code gives to things.</summary>
internal static class Naming
{
    /// <summary>How the type is written in generated code.</summary>
    public static string FullName(INamedTypeSymbol type) => TypeParser.Parse(type).FullName;

    /// <summary>A variable named after a type, <c>toolFailed</c>, that is none of the names taken and no keyword.</summary>
    public static string Variable(string typeName, params string[] taken)
    {
        var name = char.ToLowerInvariant(typeName[0]) + typeName.Substring(1);
        return taken.Contains(name) ? name + "Value" : TypeParser.Escape(name);
    }

    /// <summary><c>ToolReturned</c> → <c>tool returned</c>.</summary>
    public static string Words(string name) => EventNames.KebabCase(name).Replace('-', ' ');

    /// <summary><c>ToolReturned</c> → <c>Tool returned</c>.</summary>
    public static string Sentence(string name)
    {
        var words = Words(name);
        return char.ToUpperInvariant(words[0]) + words.Substring(1);
    }

    /// <summary>The name itself where it is free, otherwise the one that tells its type apart.</summary>
    public static string Free(string name, string otherwise, ISet<string> taken)
    {
        var free = taken.Contains(name) ? otherwise : name;
        taken.Add(free);
        return free;
    }
}
