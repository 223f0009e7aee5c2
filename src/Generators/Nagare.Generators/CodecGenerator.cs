using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Writes a converter for each event, past ones too, and each type inside events, and the table through which <c>JsonSerializer</c> finds them.</summary>
internal sealed class CodecGenerator : IConcern
{
    /// <inheritdoc/>
    public void Register(IncrementalGeneratorInitializationContext context, Marks marks)
    {
        var events = marks.Events.Select(static (e, _) => e.Parsed).Collect()
            .SelectMany(static (events, _) => Distinct.Events(events))
            .WithTrackingName(Steps.DistinctEvents);

        var pastEvents = marks.PastEvents.Select(static (e, _) => e.Parsed).Collect()
            .SelectMany(static (events, _) => Distinct.PastEvents(events))
            .WithTrackingName(Steps.DistinctPastEvents);

        var snapshots = marks.Aggregates.Select(static (aggregate, _) => aggregate.Snapshot?.Snapshot).WhereNotNull().Collect()
            .SelectMany(static (snapshots, _) => Distinct.Snapshots(snapshots))
            .WithTrackingName(Steps.DistinctSnapshots);

        // A type inside an event and inside a state has one converter, and it is the event's way to see it that counts.
        var shapes = marks.Events.SelectMany(static (e, _) => e.Parsed.Reachable).Collect()
            .Combine(marks.PastEvents.SelectMany(static (e, _) => e.Parsed.Reachable).Collect())
            .Combine(marks.Aggregates.SelectMany(static (aggregate, _) => aggregate.Snapshot?.Reachable ?? default).Collect())
            .SelectMany(static (shapes, _) => Distinct.Shapes(shapes.Left.Left.AddRange(shapes.Left.Right).AddRange(shapes.Right)))
            .WithTrackingName(Steps.DistinctShapes);

        var tables = marks.Models.Collect()
            .SelectMany(static (models, _) => Distinct.Models(models))
            .Combine(events.Where(static e => e.Event.Shape.Problem is null).Select(static (e, _) => e.Event.Type).Collect())
            .Combine(shapes.Select(static (shape, _) => shape.Type).Collect())
            .Select(static (pair, _) => Table(pair.Left.Left, pair.Left.Right, pair.Right))
            .WithTrackingName(Steps.TableJson);

        context.RegisterSourceOutput(events, static (output, e) => EventEmitter.Emit(e).AddTo(output));
        context.RegisterSourceOutput(pastEvents, static (output, e) => PastEventEmitter.Emit(e).AddTo(output));
        context.RegisterSourceOutput(snapshots, static (output, snapshot) => SnapshotEmitter.Emit(snapshot).AddTo(output));
        context.RegisterSourceOutput(shapes, static (output, shape) => ShapeEmitter.Emit(shape).AddTo(output));
        context.RegisterSourceOutput(tables, static (output, table) => JsonContextEmitter.Emit(table).AddTo(output));
    }

    private static JsonTable Table(TypeModel model, ImmutableArray<TypeModel> events, ImmutableArray<TypeModel> shapes) =>
        new(model, events.Concat(shapes).Where(type => type.IsVisible).OrderBy(type => type.FullName, StringComparer.Ordinal).ToEquatableArray());
}
