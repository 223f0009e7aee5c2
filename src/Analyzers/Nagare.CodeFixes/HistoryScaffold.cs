using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Nagare.Generators;
using Nagare.Schema;

namespace Nagare.CodeFixes;

/// <summary>Writes, from a locked entry, the record that reads it and the upcaster that leads from it to the event of today.</summary>
/// <remarks>What the old shape does not say is not invented: the upcaster throws until somebody says it.</remarks>
internal sealed class HistoryScaffold
{
    private readonly SchemaLockDocument _document;
    private readonly SchemaEvent _old;
    private readonly INamedTypeSymbol? _event;
    private readonly HashSet<string> _broken;
    private readonly List<string> _types = [];

    public HistoryScaffold(SchemaLockDocument document, SchemaEvent old, INamedTypeSymbol family, INamedTypeSymbol? e, CancellationToken cancellationToken)
    {
        _document = document;
        _old = old;
        _event = e;
        Family = family;
        RecordName = $"{(e?.Name ?? Pascal(old.Name))}V{old.Version}";
        var current = e is null ? null : new Analyzers.StoredDeclaration(old.Family, old.Name, old.Version, e).Schema(cancellationToken);
        var now = current?.Events[0];
        _broken = now is null ? [] : [.. new ShapeComparison(document.Locked, current!, old, now).Compare().Where(static change => change.Row.Read == Verdict.Breaks).Select(static change => First(change.Path))];
    }

    public INamedTypeSymbol Family { get; }

    /// <summary>What the record is called.</summary>
    public string RecordName { get; }

    /// <summary>The class that holds the family's upcasters.</summary>
    public string UpcastersName => (Family.Name.EndsWith("Event", System.StringComparison.Ordinal) && Family.Name.Length > 5 ? Family.Name.Substring(0, Family.Name.Length - 5) : Family.Name) + "Upcasters";

    /// <summary>The record, with the types that only it still needs.</summary>
    public string Record()
    {
        // Optional parameters come last.
        var parameters = _old.Members.OrderBy(static member => member.IsOptional).Select(member => Parameter(member, PropertyOf(member)));
        var record = $"[PastEvent<{Family.Name}>({Literal(_old.Name)}, {_old.Version})]\npublic sealed record {RecordName}({string.Join(", ", parameters)});\n";
        return string.Join("\n", _types.Prepend(record));
    }

    /// <summary>The upcaster.</summary>
    public string Upcaster()
    {
        if (_event is null)
        {
            return $"    [Upcaster]\n    internal static System.Collections.Generic.IEnumerable<{Family.Name}> Upcast({RecordName} old) => [];\n";
        }

        var name = _event.ContainingType is null ? _event.Name : $"{_event.ContainingType.Name}.{_event.Name}";
        return $"    [Upcaster]\n    internal static {name} Upcast({RecordName} old) => {Construction(name)};\n";
    }

    private string Construction(string name)
    {
        if (ConstructorParser.Choose(_event!) is not { } constructor)
        {
            return Unknown(name);
        }

        var arguments = new List<string>();
        foreach (var parameter in constructor.Parameters)
        {
            var property = MemberParser.Properties(_event!).FirstOrDefault(candidate => SymbolEqualityComparer.Default.Equals(MemberParser.ParameterOf(candidate, constructor), parameter));
            var old = property is null ? null : Stored(MemberParser.WireName(property));
            if (old is not null && Converted(old, property!) is { } value)
            {
                arguments.Add($"{TypeParser.Escape(parameter.Name)}: {value}");
            }
            else if (!parameter.HasExplicitDefaultValue && parameter.NullableAnnotation == NullableAnnotation.Annotated)
            {
                arguments.Add($"{TypeParser.Escape(parameter.Name)}: null");
            }
            else if (!parameter.HasExplicitDefaultValue || old is not null)
            {
                return Unknown(parameter.Name);
            }
        }

        var properties = MemberParser.Properties(_event!)
            .Where(property => MemberParser.ParameterOf(property, constructor) is null && MemberParser.IsStored(property, null))
            .Select(property => (Property: property, Old: Stored(MemberParser.WireName(property))))
            .ToList();
        if (properties.FirstOrDefault(known => known.Old is null ? known.Property.IsRequired : Converted(known.Old, known.Property) is null).Property is { } missing)
        {
            return Unknown(missing.Name);
        }

        var set = properties.Where(static known => known.Old is not null).Select(known => $"{known.Property.Name} = {Converted(known.Old!, known.Property)}").ToList();
        return $"new({string.Join(", ", arguments)}){(set.Count == 0 ? "" : $" {{ {string.Join(", ", set)} }}")}";
    }

    private static string Unknown(string member) => $"throw new System.NotImplementedException({Literal($"Say what '{member}' was before this version.")})";

    private SchemaMember? Stored(string name) => _old.Members.FirstOrDefault(member => member.Name == name);

    // What a machine knows to convert; for the rest it asks.
    private string? Converted(SchemaMember old, IPropertySymbol property)
    {
        var value = $"old.{Property(old)}";
        return !_broken.Contains(old.Name) ? value
            : ValueParser.Collection(property.Type) is not null && old.Value.Form is SchemaForm.Scalar or SchemaForm.Enum && !old.Value.IsNullable && Element(property.Type) == TypeOf(old.Value) ? $"[{value}]"
            : property.Type.SpecialType == SpecialType.System_String && !old.Value.IsNullable && NumberTypes.Contains(old.Value.Name) ? $"{value}.ToString(System.Globalization.CultureInfo.InvariantCulture)"
            : null;
    }

    private static string? Element(ITypeSymbol type) => ValueParser.Collection(type) is var (_, element) ? element.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) : null;

    private string Parameter(SchemaMember member, IPropertySymbol? property)
    {
        var name = Property(member);
        var pin = WireNames.CamelCase(name) == member.Name ? "" : $"[property: System.Text.Json.Serialization.JsonPropertyName({Literal(member.Name)})] ";
        var type = property is not null && !_broken.Contains(member.Name) ? property.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted).AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier)) : TypeOf(member.Value);
        return $"{pin}{type} {name}{(member.IsOptional ? $" = {Default(member)}" : "")}";
    }

    private IPropertySymbol? PropertyOf(SchemaMember member) =>
        _event is null ? null : MemberParser.Properties(_event).FirstOrDefault(property => MemberParser.WireName(property) == member.Name);

    private static string Property(SchemaMember member) => TypeParser.Escape(member.ClrName is { } name && SyntaxFacts.IsValidIdentifier(name) ? name : Pascal(member.Name));

    private static string Default(SchemaMember member) => member switch
    {
        { Default: null } => "null",
        { Value.Form: SchemaForm.Scalar, Value.Name: "string" } => Literal(member.Default),
        { Value.Form: SchemaForm.Scalar, Value.Name: "char", Default.Length: 1 } => SymbolDisplay.FormatLiteral(member.Default[0], quote: true),
        { Value.Form: SchemaForm.Scalar, Value.Name: "decimal" } => member.Default + "m",
        { Value.Form: SchemaForm.Scalar, Value.Name: "single" } => member.Default + "f",
        { Value.Form: SchemaForm.Scalar, Value.Name: var name } when name == "boolean" || NumberTypes.Contains(name) => member.Default,
        _ => "default",
    };

    // C# for what is stored: a type that still reads it, or one written anew.
    private string TypeOf(SchemaValue value) => Bare(value) + (value.IsNullable ? "?" : "");

    private string Bare(SchemaValue value) => value.Form switch
    {
        SchemaForm.Scalar => Scalars[value.Name],
        SchemaForm.List => $"System.Collections.Generic.IReadOnlyList<{TypeOf(value.Element!)}>",
        SchemaForm.Map => $"System.Collections.Generic.IReadOnlyDictionary<string, {TypeOf(value.Element!)}>",
        SchemaForm.Object or SchemaForm.Enum when _document.Locked.Type(value.Name) is { } type => Inner(type),
        _ => "System.Text.Json.JsonElement",
    };

    private string Inner(SchemaType type)
    {
        if (type.ClrName is { } clrName && _document.Compilation.GetTypeByMetadataName(clrName) is not null && StillReads(type))
        {
            return clrName;
        }

        var name = $"{(type.ClrName is { } full ? full.Substring(full.LastIndexOf('.') + 1) : Pascal(type.Label))}V{_old.Version}";
        var head = type.Form == SchemaForm.Enum ? $"public enum {name}" : $"public sealed record {name}(";
        if (!_types.Any(known => known.StartsWith(head, System.StringComparison.Ordinal)))
        {
            var place = _types.Count;
            _types.Add(head);
            _types[place] = type.Form == SchemaForm.Enum
                ? $"{(type.IsFlags ? "[System.Flags]\n" : "")}{head}\n{{\n{string.Concat(type.Names.Select(EnumName))}}}\n"
                : $"{head}{string.Join(", ", type.Members.OrderBy(static member => member.IsOptional).Select(member => Parameter(member, null)))});\n";
        }

        return name;
    }

    private bool StillReads(SchemaType type)
    {
        var now = _document.Current.Types.FirstOrDefault(known => known.ClrName == type.ClrName);
        return now is not null && !new ShapeComparison(_document.Locked, _document.Current, Holding(type), Holding(now)).Compare().Any(static change => change.Row.Read == Verdict.Breaks);
    }

    private static SchemaEvent Holding(SchemaType type) => new("", "", 1) { Members = new([new SchemaMember("value", new SchemaValue(type.Form, type.Label))]) };

    private static string EnumName(SchemaName name, int index) => SyntaxFacts.IsValidIdentifier(name.Name)
        ? $"    {TypeParser.Escape(name.Name)},\n"
        : $"    [System.Text.Json.Serialization.JsonStringEnumMemberName({Literal(name.Name)})] Name{index},\n";

    private static string Pascal(string name)
    {
        var words = new string([.. name.Select(static character => char.IsLetterOrDigit(character) ? character : ' ')]).Split([' '], System.StringSplitOptions.RemoveEmptyEntries);
        var pascal = string.Concat(words.Select(static word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
        return pascal.Length > 0 && char.IsLetter(pascal[0]) ? pascal : "Past" + pascal;
    }

    private static string First(string path) => path.Split('.')[0].Replace("[]", "").Replace("{}", "");

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
