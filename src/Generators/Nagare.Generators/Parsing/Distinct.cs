using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace Nagare.Generators;

/// <summary>One of each, in an order that no order of files changes, under file names that stay apart where only case tells them apart.</summary>
internal static class Distinct
{
    public static IEnumerable<ParsedEvent> Events(IEnumerable<ParsedEvent> events) =>
        OneOfEach(events, parsed => parsed.Event.Type, (parsed, type) => parsed with { Event = parsed.Event with { Shape = parsed.Event.Shape with { Type = type } } });

    public static IEnumerable<ParsedPastEvent> PastEvents(IEnumerable<ParsedPastEvent> events) =>
        OneOfEach(events, parsed => parsed.Event.Type, (parsed, type) => parsed with { Event = parsed.Event with { Shape = parsed.Event.Shape with { Type = type } } });

    // Two families may see the same type through different contexts; where one of them cannot store it, the other's way stands.
    public static IEnumerable<ShapeModel> Shapes(IEnumerable<ShapeModel> shapes) =>
        OneOfEach(shapes.Where(shape => shape.Problem is null), shape => shape.Type, (shape, type) => shape with { Type = type });

    public static IEnumerable<FamilyModel> Families(ImmutableArray<FamilyModel> families) =>
        OneOfEach(families, family => family.Type, (family, type) => family with { Type = type });

    public static IEnumerable<TypeModel> Models(ImmutableArray<TypeModel> models) =>
        OneOfEach(models, model => model, (_, type) => type);

    public static IEnumerable<AggregateModel> Aggregates(ImmutableArray<AggregateModel> aggregates) =>
        OneOfEach(aggregates, aggregate => aggregate.Type, (aggregate, type) => aggregate with { Type = type });

    public static IEnumerable<ExplainerModel> Explainers(ImmutableArray<ExplainerModel> explainers) =>
        OneOfEach(explainers, explainer => explainer.Type, (explainer, type) => explainer with { Type = type });

    public static IEnumerable<StateModel> States(ImmutableArray<StateModel> states) =>
        OneOfEach(states, state => state.Type, (state, type) => state with { Type = type });

    public static IEnumerable<SnapshotModel> Snapshots(ImmutableArray<SnapshotModel> snapshots) =>
        OneOfEach(snapshots, snapshot => snapshot.Type, (snapshot, type) => snapshot with { Type = type });

    private static IEnumerable<T> OneOfEach<T>(IEnumerable<T> items, Func<T, TypeModel> typeOf, Func<T, TypeModel, T> rename)
    {
        var hints = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var group in items.GroupBy(item => typeOf(item).FullName, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var item = group.First();
            var hint = typeOf(item).HintName;
            var free = hint;
            for (var i = 2; !hints.Add(free); i++)
            {
                free = $"{hint}_{i}";
            }

            yield return free == hint ? item : rename(item, typeOf(item) with { HintName = free });
        }
    }
}
