using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>A partial type marked <c>[Aggregate(SnapshotEvery = …)]</c> → <see cref="ParsedSnapshot"/>.</summary>
internal static class SnapshotParser
{
    private const string EveryArgument = "SnapshotEvery";
    private const string VersionArgument = "SnapshotVersion";

    /// <summary>The state to keep, or null where none is asked for or none can be kept: NAG0016 says why.</summary>
    public static ParsedSnapshot? Parse(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (AggregateReader.TryRead(type) is not { } aggregate || !IsAskedFor(aggregate) || !TypeParser.CanBeExtended(type))
        {
            return null;
        }

        var shapes = Shapes(aggregate, cancellationToken);
        var shape = shapes.ParseState(type);
        var reachable = shapes.Reachable;
        return shapes.Problems.Count > 0
            ? null
            : new ParsedSnapshot(
                new SnapshotModel(
                    TypeParser.Parse(type),
                    shape,
                    SchemaText.Of(shape, reachable),
                    aggregate.Attribute.NamedArgument(EveryArgument, 0),
                    aggregate.Attribute.NamedArgument(VersionArgument, 1)),
                reachable.ToEquatableArray());
    }

    /// <summary>Whether the aggregate asks for snapshots at all.</summary>
    public static bool IsAskedFor(AggregateReader aggregate) => aggregate.Attribute.NamedArgument(EveryArgument, 0) > 0;

    /// <summary>What stands in the way of keeping the state, in the order found.</summary>
    public static IReadOnlyList<ShapeProblem> Problems(AggregateReader aggregate, CancellationToken cancellationToken)
    {
        var shapes = Shapes(aggregate, cancellationToken);
        shapes.ParseState(aggregate.Type);
        return shapes.Problems;
    }

    private static ShapeParser Shapes(AggregateReader aggregate, CancellationToken cancellationToken) =>
        new(aggregate.Type, FamilyParser.JsonContext(aggregate.Family), cancellationToken) { IsState = true };
}
