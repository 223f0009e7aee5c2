using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Nagare.Generators;
using Nagare.Schema;

namespace Nagare.CodeFixes;

/// <summary>Writes C# for what is stored: types that still read it, or types written anew, each once however many records need it, under names that nothing has yet.</summary>
internal sealed class HistoryTypes(SchemaLock locked, Func<SchemaLock> current, Compilation compilation, INamespaceSymbol place)
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly List<string> _unwritten = [];

    /// <summary>The name itself, or with a number where it is taken.</summary>
    public string Free(string name)
    {
        var free = name;
        for (var i = 2; !place.GetTypeMembers(free).IsEmpty || !_taken.Add(free); i++)
        {
            free = $"{name}_{i}";
        }

        return free;
    }

    /// <summary>The types that were named since this was asked last, and have to be declared.</summary>
    public IReadOnlyList<string> Written()
    {
        var written = _unwritten.ToList();
        _unwritten.Clear();
        return written;
    }

    /// <summary>C# for the type of a stored value.</summary>
    public string Of(SchemaValue value, int version) => Bare(value, version) + (value.IsNullable ? "?" : "");

    /// <summary>A member of a record: a parameter, or a property where its default is no constant.</summary>
    public HistoryMember Member(SchemaMember member, string type)
    {
        var name = Property(member);
        var pin = WireNames.CamelCase(name) == member.Name ? "" : $"System.Text.Json.Serialization.JsonPropertyName({Literal(member.Name)})";
        if (!member.IsOptional)
        {
            return new HistoryMember(member, $"{Marked("property: ", pin)}{type} {name}", null);
        }

        return Constant(member, type) is { } constant
            ? new HistoryMember(member, $"{Marked("property: ", pin)}{type} {name} = {constant}", null)
            : new HistoryMember(member, null, $"    {Marked("", pin)}public {type} {name} {{ get; init; }} = {member.Default};\n");
    }

    /// <summary>What follows the name of a record with these members.</summary>
    public static string Body(IReadOnlyCollection<HistoryMember> members)
    {
        // Optional parameters come last.
        var parameters = string.Join(", ", members.Where(static member => member.Parameter is not null).OrderBy(static member => member.Stored.IsOptional).Select(static member => member.Parameter));
        var properties = string.Concat(members.Select(static member => member.Property));
        return properties.Length == 0 ? $"({parameters});\n" : $"({parameters})\n{{\n{properties}}}\n";
    }

    /// <summary>The property that holds a stored member.</summary>
    public static string Property(SchemaMember member) => TypeParser.Escape(member.ClrName is { } name && SyntaxFacts.IsValidIdentifier(name) ? name : Pascal(member.Name));

    /// <summary>A stored name as C# has names.</summary>
    public static string Pascal(string name)
    {
        var words = new string([.. name.Select(static character => char.IsLetterOrDigit(character) ? character : ' ')]).Split([' '], StringSplitOptions.RemoveEmptyEntries);
        var pascal = string.Concat(words.Select(static word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
        return pascal.Length > 0 && char.IsLetter(pascal[0]) ? pascal : "Past" + pascal;
    }

    private static string Marked(string target, string mark) => mark.Length == 0 ? "" : $"[{target}{mark}] ";

    // C# for a default that is a constant, or null for what the lock has as C#.
    private string? Constant(SchemaMember member, string type) => (member.Value.Form, member.Default) switch
    {
        (_, null) => "null",
        (_, "default") => "default",
        (SchemaForm.Scalar, { } text) when member.Value.Name == "string" => Literal(text),
        (SchemaForm.Scalar, { Length: 1 } text) when member.Value.Name == "char" => SymbolDisplay.FormatLiteral(text[0], quote: true),
        (SchemaForm.Scalar, "true" or "false") => member.Default,
        (SchemaForm.Scalar, { } text) when NumberTypes.Contains(member.Value.Name) && text.Length > 0 && (char.IsDigit(text[text.Length - 1]) && text.All(static character => char.IsDigit(character) || character is '-' or '+' or '.' or 'E')) =>
            text + member.Value.Name switch { "decimal" => "m", "single" => "f", _ => "" },
        (SchemaForm.Enum, { } text) when locked.Type(member.Value.Name) is { } names && names.Names.ToList().FindIndex(name => name.Name == text) is >= 0 and var index => $"{type.TrimEnd('?')}.{EnumName(names.Names[index], index)}",
        _ => null,
    };

    private string Bare(SchemaValue value, int version) => value.Form switch
    {
        SchemaForm.Scalar => Scalars[value.Name],
        SchemaForm.List => $"System.Collections.Generic.IReadOnlyList<{Of(value.Element!, version)}>",
        SchemaForm.Map => $"System.Collections.Generic.IReadOnlyDictionary<string, {Of(value.Element!, version)}>",
        SchemaForm.Object or SchemaForm.Enum when locked.Type(value.Name) is { } type => Inner(type, version),
        _ => "System.Text.Json.JsonElement",
    };

    private string Inner(SchemaType type, int version)
    {
        if (_names.TryGetValue(type.Label, out var name))
        {
            return name;
        }

        var own = type.ClrName is { } full ? full.Substring(full.LastIndexOf('.') + 1) : Pascal(type.Label);
        if (type.ClrName is { } clrName && StillReads(type, clrName))
        {
            name = clrName;
        }
        else if (StillReads(type, $"{place.ToDisplayString()}.{own}V{version}"))
        {
            name = $"{own}V{version}";
        }
        else
        {
            name = Free($"{own}V{version}");
            _names.Add(type.Label, name);
            var at = _unwritten.Count;
            _unwritten.Add("");
            _unwritten[at] = type.Form == SchemaForm.Enum
                ? $"{(type.IsFlags ? "[System.Flags]\n" : "")}public enum {name}\n{{\n{string.Concat(type.Names.Select(EnumLine))}}}\n"
                : $"public sealed record {name}{Body([.. type.Members.Select(member => Member(member, Of(member.Value, version)))])}";
            return name;
        }

        _names.Add(type.Label, name);
        return name;
    }

    private bool StillReads(SchemaType type, string clrName)
    {
        var now = compilation.GetTypeByMetadataName(clrName) is null ? null : current().Types.FirstOrDefault(known => known.ClrName == clrName && known.Form == type.Form);
        return now is not null && !new ShapeComparison(locked, current(), Holding(type), Holding(now)).Compare().Any(static change => change.Row.Read == Verdict.Breaks);
    }

    private static SchemaEvent Holding(SchemaType type) => new("", "", 1) { Members = new([new SchemaMember("value", new SchemaValue(type.Form, type.Label))]) };

    private static string EnumLine(SchemaName name, int index) => SyntaxFacts.IsValidIdentifier(name.Name)
        ? $"    {EnumName(name, index)},\n"
        : $"    [System.Text.Json.Serialization.JsonStringEnumMemberName({Literal(name.Name)})] {EnumName(name, index)},\n";

    private static string EnumName(SchemaName name, int index) => SyntaxFacts.IsValidIdentifier(name.Name) ? TypeParser.Escape(name.Name) : $"Name{index}";

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static readonly Dictionary<string, string> Scalars = new()
    {
        ["boolean"] = "bool",
        ["byte"] = "byte",
        ["sbyte"] = "sbyte",
        ["int16"] = "short",
        ["uint16"] = "ushort",
        ["int32"] = "int",
        ["uint32"] = "uint",
        ["int64"] = "long",
        ["uint64"] = "ulong",
        ["int128"] = "System.Int128",
        ["uint128"] = "System.UInt128",
        ["single"] = "float",
        ["double"] = "double",
        ["decimal"] = "decimal",
        ["string"] = "string",
        ["char"] = "char",
        ["guid"] = "System.Guid",
        ["datetime"] = "System.DateTime",
        ["datetimeoffset"] = "System.DateTimeOffset",
        ["dateonly"] = "System.DateOnly",
        ["timeonly"] = "System.TimeOnly",
        ["timespan"] = "System.TimeSpan",
        ["base64"] = "byte[]",
        ["json"] = "System.Text.Json.JsonElement",
    };
}

/// <summary>A member of a history record.</summary>
/// <param name="Stored">What is stored.</param>
/// <param name="Parameter">The parameter, or null where it is a property.</param>
/// <param name="Property">The property, or null where it is a parameter.</param>
internal sealed record HistoryMember(SchemaMember Stored, string? Parameter, string? Property);
