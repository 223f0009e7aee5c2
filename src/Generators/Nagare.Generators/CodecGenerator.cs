using System;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Writes a converter for each event, past ones too, and each type inside events, and the table through which <c>JsonSerializer</c> finds them.</summary>
internal sealed class CodecGenerator : IConcern
{
    /// <inheritdoc/>
    public void Register(IncrementalGeneratorInitializationContext context, Marks marks)
    {
        var events = marks.AllEvents
            .SelectMany(static (events, _) => Distinct.Events(events.Select(static e => e.Parsed)))
            .WithTrackingName(Steps.DistinctEvents);

        var pastEvents = marks.AllPastEvents
            .SelectMany(static (events, _) => Distinct.PastEvents(events.Select(static e => e.Parsed)))
            .WithTrackingName(Steps.DistinctPastEvents);

        var snapshots = marks.Aggregates.Select(static (aggregate, _) => aggregate.Snapshot?.Snapshot).WhereNotNull().Collect()
            .SelectMany(static (snapshots, _) => Distinct.Snapshots(snapshots))
            .WithTrackingName(Steps.DistinctSnapshots);

        // A type inside an event and inside a state has one converter, and it is the event's way to see it that counts.
        var shapes = marks.AllEvents
            .Combine(marks.AllPastEvents)
            .Combine(marks.Aggregates.SelectMany(static (aggregate, _) => aggregate.Snapshot?.Reachable ?? default).Collect())
            .SelectMany(static (marked, _) => Distinct.Shapes(
            [
                .. marked.Left.Left.SelectMany(static e => e.Parsed.Reachable),
                .. marked.Left.Right.SelectMany(static e => e.Parsed.Reachable),
                .. marked.Right,
            ]))
            .WithTrackingName(Steps.DistinctShapes);

        var tables = marks.Models.Collect()
            .SelectMany(static (models, _) => Distinct.Models(models))
            .Combine(events.Collect().Select(static (events, _) => events.Where(static e => e.Event.Shape.Problem is null).Select(static e => e.Event.Type).ToEquatableArray()))
            .Combine(shapes.Collect().Select(static (shapes, _) => shapes.Select(static shape => shape.Type).ToEquatableArray()))
            .Select(static (pair, _) => Table(pair.Left.Left, pair.Left.Right, pair.Right))
            .WithTrackingName(Steps.TableJson);

        context.RegisterSourceOutput(events, static (output, e) => EventEmitter.Emit(e).AddTo(output));
        context.RegisterSourceOutput(pastEvents, static (output, e) => PastEventEmitter.Emit(e).AddTo(output));
        context.RegisterSourceOutput(snapshots, static (output, snapshot) => SnapshotEmitter.Emit(snapshot).AddTo(output));
        context.RegisterSourceOutput(shapes, static (output, shape) => ShapeEmitter.Emit(shape).AddTo(output));
        context.RegisterSourceOutput(tables, static (output, table) => JsonContextEmitter.Emit(table).AddTo(output));
    }

    private static JsonTable Table(TypeModel model, EquatableArray<TypeModel> events, EquatableArray<TypeModel> shapes) =>
        new(model, events.Concat(shapes).Where(type => type.IsVisible).OrderBy(type => type.FullName, StringComparer.Ordinal).ToEquatableArray());
}
