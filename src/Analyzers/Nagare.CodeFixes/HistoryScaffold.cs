using System;
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
    private readonly HistoryTypes _types;
    private readonly SchemaEvent _old;
    private readonly INamedTypeSymbol? _event;
    private readonly HashSet<string> _broken;
    private readonly HashSet<string> _widened;

    /// <summary>Of a locked entry.</summary>
    public HistoryScaffold(SchemaLockDocument document, HistoryTypes types, SchemaEvent old, INamedTypeSymbol family, INamedTypeSymbol? e, CancellationToken cancellationToken)
        : this(document.Locked, types, old, family, e, cancellationToken) =>
        RecordName = types.Free($"{e?.Name ?? HistoryTypes.Pascal(old.Name)}V{old.Version}");

    /// <summary>Of a history record that is there already, which wants the upcaster alone.</summary>
    public HistoryScaffold(SchemaLock past, HistoryTypes types, INamedTypeSymbol record, INamedTypeSymbol family, INamedTypeSymbol? e, CancellationToken cancellationToken)
        : this(past, types, past.Events[0], family, e, cancellationToken) =>
        RecordName = record.ContainingType is null ? record.Name : $"{record.ContainingType.Name}.{record.Name}";

    private HistoryScaffold(SchemaLock locked, HistoryTypes types, SchemaEvent old, INamedTypeSymbol family, INamedTypeSymbol? e, CancellationToken cancellationToken)
    {
        _types = types;
        _old = old;
        _event = e;
        Family = family;
        var schema = e is null ? null : new Analyzers.StoredDeclaration(old.Family, old.Name, old.Version, e).Schema(cancellationToken);
        var changes = schema is null ? [] : new ShapeComparison(locked, schema, old, schema.Events[0]).Compare();
        _broken = [.. changes.Where(static change => change.Row.Read == Verdict.Breaks).Select(static change => First(change.Path))];
        _widened = [.. changes.Where(static change => change.Kind is ChangeKind.NumberWidened or ChangeKind.ValueMadeNullable).Select(static change => change.Path)];
    }

    public INamedTypeSymbol Family { get; }

    /// <summary>What the record is called.</summary>
    public string RecordName { get; private init; } = "";

    /// <summary>The class that holds the family's upcasters.</summary>
    public string UpcastersName => (Family.Name.EndsWith("Event", StringComparison.Ordinal) && Family.Name.Length > 5 ? Family.Name.Substring(0, Family.Name.Length - 5) : Family.Name) + "Upcasters";

    /// <summary>The record, with the types that only it still needs.</summary>
    public string Record()
    {
        var name = _event is null ? _old.Name : EventParser.StoredName(_event);
        var former = name == _old.Name ? "" : $", FormerName({Literal(_old.Name)})";
        var members = _old.Members.Select(member => _types.Member(member, TypeOf(member, PropertyOf(member)))).ToList();
        var record = $"[PastEvent<{Family.Name}>({Literal(name)}, {_old.Version}){former}]\npublic sealed record {RecordName}{HistoryTypes.Body(members)}";
        return string.Join("\n", _types.Written().Prepend(record));
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
            var old = property is null ? null : Stored(property, parameter);
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
            .Select(property => (Property: property, Old: Stored(property, null)))
            .ToList();
        if (properties.FirstOrDefault(known => known.Old is null ? known.Property.IsRequired : Converted(known.Old, known.Property) is null).Property is { } missing)
        {
            return Unknown(missing.Name);
        }

        var set = properties.Where(static known => known.Old is not null).Select(known => $"{known.Property.Name} = {Converted(known.Old!, known.Property)}").ToList();
        return $"new({string.Join(", ", arguments)}){(set.Count == 0 ? "" : $" {{ {string.Join(", ", set)} }}")}";
    }

    private static string Unknown(string member) => $"throw new System.NotImplementedException({Literal($"Say what '{member}' was before this version.")})";

    private SchemaMember? Stored(IPropertySymbol property, IParameterSymbol? parameter) =>
        _old.Members.FirstOrDefault(member => member.Name == MemberParser.WireName(property))
        ?? _old.Members.FirstOrDefault(member => FormerNames.Of(property, parameter).Contains(member.Name));

    // What a machine knows to convert; for the rest it asks.
    private string? Converted(SchemaMember old, IPropertySymbol property)
    {
        var value = $"old.{HistoryTypes.Property(old)}";
        return !_broken.Contains(old.Name) ? value
            : ValueParser.Collection(property.Type) is not null && old.Value.Form is SchemaForm.Scalar or SchemaForm.Enum && !old.Value.IsNullable && Element(property.Type) == _types.Of(old.Value, _old.Version) ? $"[{value}]"
            : property.Type.SpecialType == SpecialType.System_String && !old.Value.IsNullable && NumberTypes.Contains(old.Value.Name) ? $"{value}.ToString(System.Globalization.CultureInfo.InvariantCulture)"
            : null;
    }

    private static string? Element(ITypeSymbol type) => ValueParser.Collection(type) is var (_, element) ? element.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) : null;

    // Today's type reads what is stored, where nothing broke; where it only grew, the old one says what was.
    private string TypeOf(SchemaMember member, IPropertySymbol? property) =>
        property is null || _broken.Contains(member.Name) || _widened.Contains(member.Name)
            ? _types.Of(member.Value, _old.Version)
            : property.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted).AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier));

    private IPropertySymbol? PropertyOf(SchemaMember member) =>
        _event is null ? null : MemberParser.Properties(_event).FirstOrDefault(property => MemberParser.WireName(property) == member.Name);

    private static string First(string path) => path.Split('.')[0].Replace("[]", "").Replace("{}", "");

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
