using System;
using System.Collections.Generic;
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
    private readonly Lazy<StoredDeclarations> _stored = new(() => StoredDeclarations.Of(compilation.Assembly, CancellationToken.None), LazyThreadSafetyMode.ExecutionAndPublication);

    private IReadOnlyList<SchemaChange>? _all;

    /// <summary>What happened to an event of the code.</summary>
    public IEnumerable<SchemaFinding> OfEvent(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var e = StoredDeclaration.OfEvent(type);
        var families = Names(FamilyParser.BaseOf(type)!, e.Family);
        var names = Names(type, e.Name);
        var known = locked.Events.Where(other => families.Contains(other.Family) && names.Contains(other.Name)).ToEquatableArray();
        if (known.Count == 0)
        {
            return All.Where(change => change.Path.Length == 0 && IsHeadOf(change, e)).Take(1).Select(change => new SchemaFinding(change, e, type));
        }

        var versions = _stored.Value.Versions(e.Family, e.Name).ToList();
        var current = StoredDeclaration.Schema(versions, cancellationToken);
        return SchemaComparison.Compare(locked with { Events = known }, current)
            .Where(static change => change.Event.Length > 0)
            .Select(change => new SchemaFinding(change, e, versions.FirstOrDefault(stored => stored.Version == change.Version)?.Symbol as INamedTypeSymbol ?? type));
    }

    /// <summary>What happened to the family, to events of the lock for which no event of the code stands, and to history of events that neither has.</summary>
    public IEnumerable<SchemaFinding> OfFamily(INamedTypeSymbol type)
    {
        var family = FamilyParser.StoredName(type)!;
        var families = Names(type, family);
        var stored = _stored.Value.All.Where(stored => stored.Family == family).ToList();
        var today = new HashSet<string>(stored.Where(static stored => stored.IsToday).SelectMany(static stored => Names(stored.Symbol, stored.Name)), StringComparer.Ordinal);
        var gone = locked.Events.Any(e => families.Contains(e.Family) && (e.Family != family || !today.Contains(e.Name)))
            ? All.Where(change => families.Contains(change.Family) && (change.Event.Length == 0 || (change.Kind != ChangeKind.EventRenamed && !today.Contains(change.Event) && change.Before is not null)))
                .Select(change => new SchemaFinding(change, new StoredDeclaration(family, change.Event, change.Version, type), type))
            : [];

        var history = stored.Where(stored => !today.Contains(stored.Name)).ToList();
        var added = history.Count > 0
            ? All.Where(change => change.Kind == ChangeKind.PastEventAdded && change.Family == family)
                .SelectMany(change => history.Where(past => past.Name == change.Event && past.Version == change.Version).Take(1).Select(past => new SchemaFinding(change, past, past.Symbol as INamedTypeSymbol ?? past.Symbol.ContainingType)))
            : [];
        return gone.Concat(added);
    }

    private IReadOnlyList<SchemaChange> All => _all ??= SchemaComparison.Compare(locked, StoredDeclaration.Schema(_stored.Value.All, CancellationToken.None));

    // An event that the lock does not know: added, or renamed from another.
    private static bool IsHeadOf(SchemaChange change, StoredDeclaration e) =>
        change.After is { } head && SchemaWords.Split(head, out _) is ["event", var family, var name, ..] && SchemaWords.Unquote(family) == e.Family && SchemaWords.Unquote(name) == e.Name;

    private static List<string> Names(ISymbol symbol, string name) => [name, .. FormerNames.Of(symbol)];
}
