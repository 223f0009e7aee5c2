using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Nagare.Generators;
using Nagare.Schema;

namespace Nagare.Analyzers;

/// <summary>
/// Compares a compilation with its lock, an event at a time: while somebody types, only what the lock has under that event's names is looked at.
/// Only where an event is new, or one is gone, is the whole of both compared, once.
/// </summary>
internal sealed class SchemaFindings(SchemaLock locked, Compilation compilation)
{
    // Not the token of a callback: what is read serves every later one.
    private readonly Lazy<CurrentSchema> _current = new(() => CurrentSchema.Of(CompilationModel.Read(compilation, CancellationToken.None).StoredTypes, CancellationToken.None), LazyThreadSafetyMode.ExecutionAndPublication);

    private readonly Lazy<ILookup<(string Family, string Name), INamedTypeSymbol>> _types = new(
        () => CompilationModel.Read(compilation, CancellationToken.None).StoredTypes.ToLookup(CurrentSchema.NameOf),
        LazyThreadSafetyMode.ExecutionAndPublication);

    private IReadOnlyList<SchemaChange>? _all;

    /// <summary>What happened to an event of the code.</summary>
    public IEnumerable<SchemaFinding> OfEvent(INamedTypeSymbol e, CancellationToken cancellationToken)
    {
        var (family, name) = CurrentSchema.NameOf(e);
        var families = FormerNames.Of(FamilyParser.BaseOf(e)!).Append(family).ToList();
        var names = FormerNames.Of(e).Append(name).ToList();
        var known = locked.Events.Where(other => families.Contains(other.Family) && names.Contains(other.Name)).ToEquatableArray();
        if (known.Count == 0)
        {
            var change = All.FirstOrDefault(change => change.After is not null && change.Path.Length == 0 && IsAbout(change, _current.Value, e));
            return change is null ? [] : [new SchemaFinding(change, family, name, e, "")];
        }

        var current = CurrentSchema.Of(_types.Value[(family, name)], cancellationToken);
        return SchemaComparison.Compare(locked with { Events = known }, current.Schema)
            .Select(change => new SchemaFinding(change, family, name, current.Type(family, name, change.Version) ?? e, change.Path));
    }

    /// <summary>What happened to events of the lock that no event of the code stands for.</summary>
    public IEnumerable<SchemaFinding> OfFamily(INamedTypeSymbol family)
    {
        var name = FamilyParser.StoredName(family)!;
        var names = FormerNames.Of(family).Append(name).ToList();
        var today = _types.Value.SelectMany(same => same.Select(type => (same.Key.Family, Names: FormerNames.Of(type).Append(same.Key.Name)))).Where(type => type.Family == name).SelectMany(type => type.Names);
        var present = new HashSet<string>(today, StringComparer.Ordinal);
        var gone = locked.Events.Where(e => names.Contains(e.Family) && !present.Contains(e.Name)).Select(e => e.Name).ToList();
        var retired = gone.Count == 0 ? [] : All.Where(change => names.Contains(change.Family) && gone.Contains(change.Event) && change.Kind == ChangeKind.EventRemoved);
        var past = _types.Value.Where(same => same.Key.Family == name && !same.Any(EventParser.IsEvent)).Select(same => same.Key.Name).ToList();
        var replaced = past.Count == 0 ? [] : All.Where(change => names.Contains(change.Family) && past.Contains(change.Event));
        return retired.Concat(replaced).Select(change => new SchemaFinding(change, name, change.Event, family, ""));
    }

    private IReadOnlyList<SchemaChange> All => _all ??= SchemaComparison.Compare(locked, _current.Value.Schema);

    // An event that the lock does not know: added, or renamed from another.
    private static bool IsAbout(SchemaChange change, CurrentSchema current, INamedTypeSymbol e) =>
        current.Schema.Events.Any(known => SchemaWriter.EventHead(known) == change.After && SymbolEqualityComparer.Default.Equals(current.Type(known.Family, known.Name, known.Version), e));
}

/// <summary>One change with the place in the code to which it belongs.</summary>
/// <param name="change">The change.</param>
/// <param name="family">The family's name in the code.</param>
/// <param name="name">The event's name in the code.</param>
/// <param name="type">The record, or the family's where the event is gone.</param>
/// <param name="path">The member inside the event.</param>
internal sealed class SchemaFinding(SchemaChange change, string family, string name, INamedTypeSymbol type, string path)
{
    public SchemaChange Change { get; } = change;

    public Location Location
    {
        get
        {
            var symbol = SchemaMembers.At(type, path);

            // A renamed name of an enum is reported where its former name will stand.
            if (Change.Kind == ChangeKind.EnumNameRenamed && symbol is IPropertySymbol property && SchemaMembers.Inside(property.Type) is { TypeKind: TypeKind.Enum } names)
            {
                symbol = names.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && EnumParser.WireName(field) == Change.After) ?? symbol;
            }

            return symbol.Locations.FirstOrDefault(static location => location.IsInSource) ?? type.Locations[0];
        }
    }

    /// <summary>What fixes need to know.</summary>
    public ImmutableDictionary<string, string?> Properties() => ImmutableDictionary<string, string?>.Empty
        .Add(SchemaLockAnalyzer.FamilyProperty, family)
        .Add(SchemaLockAnalyzer.EventProperty, name)
        .Add(SchemaLockAnalyzer.KindProperty, Change.Kind.ToString())
        .Add(SchemaLockAnalyzer.VersionProperty, Change.Version.ToString(CultureInfo.InvariantCulture))
        .Add(SchemaLockAnalyzer.FormerNameProperty, FormerName());

    private string? FormerName() => Change switch
    {
        { Kind: ChangeKind.EventRenamed } => Change.Event,
        { Kind: ChangeKind.EnumNameRenamed, Before: { } name } => name,
        { Kind: ChangeKind.MemberRenamed or ChangeKind.MemberCaseChanged, Before: { } line } => SchemaWords.Unquote(SchemaWords.Split(line, out _)![1]),
        _ => null,
    };
}
