using System;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Closes each family's base record and lists the family's events.</summary>
internal sealed class FamilyGenerator : IConcern
{
    /// <inheritdoc/>
    public void Register(IncrementalGeneratorInitializationContext context, Marks marks)
    {
        var entries = marks.AllEvents
            .Select(static (events, _) => events.Select(static e => EventParser.Entry(e.Parsed.Event)).ToEquatableArray())
            .WithTrackingName(Steps.ParseEventEntry)
            .Select(static (entries, _) => entries.ToLookup(static entry => entry.Family.FullName, StringComparer.Ordinal));

        var tables = marks.Families.Collect()
            .SelectMany(static (families, _) => Distinct.Families(families))
            .Combine(entries)
            .Select(static (pair, _) => Table(pair.Left, pair.Right))
            .WithTrackingName(Steps.TableFamily);

        context.RegisterSourceOutput(tables, static (output, table) => FamilyEmitter.Emit(table).AddTo(output));
    }

    private static FamilyTable Table(FamilyModel family, ILookup<string, EventEntry> entries) =>
        new(family, entries[family.Type.FullName]
            .GroupBy(entry => entry.Type.FullName, StringComparer.Ordinal)
            .Select(group => group.First())
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .ThenBy(entry => entry.Version)
            .ThenBy(entry => entry.Type.FullName, StringComparer.Ordinal)
            .ToEquatableArray());
}
