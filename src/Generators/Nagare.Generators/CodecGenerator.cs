using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Writes a converter for each event, past ones too, and each type inside events, and the table through which <c>JsonSerializer</c> finds them.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class CodecGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var parsed = context
            .ForMark(KnownNames.EventAttribute, EventParser.IsCandidate, EventParser.Parse)
            .WithTrackingName(Steps.ParseEvent);

        var events = parsed.Select(static (parsed, _) => parsed.Event).Collect()
            .SelectMany(static (events, _) => Distinct.Events(events))
            .WithTrackingName(Steps.DistinctEvents);

        var parsedPast = context
            .ForMark(KnownNames.PastEventAttribute, PastEventParser.IsCandidate, PastEventParser.Parse)
            .WithTrackingName(Steps.ParsePastEvent);

        var pastEvents = parsedPast.Select(static (parsed, _) => parsed.Event).Collect()
            .SelectMany(static (events, _) => Distinct.PastEvents(events))
            .WithTrackingName(Steps.DistinctPastEvents);

        var parsedSnapshots = context
            .ForMark(KnownNames.AggregateAttribute, SnapshotParser.IsCandidate, SnapshotParser.Parse)
            .WithTrackingName(Steps.ParseSnapshot);

        var snapshots = parsedSnapshots.Select(static (parsed, _) => parsed.Snapshot).Collect()
            .SelectMany(static (snapshots, _) => Distinct.Snapshots(snapshots))
            .WithTrackingName(Steps.DistinctSnapshots);

        // A type inside an event and inside a state has one converter, and it is the event's way to see it that counts.
        var shapes = parsed.SelectMany(static (parsed, _) => parsed.Reachable).Collect()
            .Combine(parsedPast.SelectMany(static (parsed, _) => parsed.Reachable).Collect())
            .Combine(parsedSnapshots.SelectMany(static (parsed, _) => parsed.Reachable).Collect())
            .SelectMany(static (shapes, _) => Distinct.Shapes(shapes.Left.Left.AddRange(shapes.Left.Right).AddRange(shapes.Right)))
            .WithTrackingName(Steps.DistinctShapes);

        var schemas = parsed.Collect()
            .SelectMany(static (parsed, _) => Distinct.Parsed(parsed))
            .Where(static parsed => parsed.Event.Shape.Problem is null)
            .WithTrackingName(Steps.DistinctSchemas);

        var pastSchemas = parsedPast.Collect()
            .SelectMany(static (parsed, _) => Distinct.ParsedPast(parsed))
            .Where(static parsed => parsed.Event.Shape.Problem is null)
            .WithTrackingName(Steps.DistinctPastSchemas);

        var tables = context
            .ForMark(KnownNames.EventModelAttribute, EventModelParser.IsCandidate, EventModelParser.Parse)
            .Combine(events.Where(static e => e.Shape.Problem is null).Select(static (e, _) => e.Type).Collect())
            .Combine(shapes.Select(static (shape, _) => shape.Type).Collect())
            .Select(static (pair, _) => Table(pair.Left.Left, pair.Left.Right, pair.Right))
            .WithTrackingName(Steps.TableJson);

        context.RegisterSourceOutput(events, static (output, e) => EventEmitter.Emit(e).AddTo(output));
        context.RegisterSourceOutput(schemas, static (output, parsed) => SchemaEmitter.Emit(parsed).AddTo(output));
        context.RegisterSourceOutput(pastSchemas, static (output, parsed) => SchemaEmitter.Emit(parsed).AddTo(output));
        context.RegisterSourceOutput(pastEvents, static (output, e) => PastEventEmitter.Emit(e).AddTo(output));
        context.RegisterSourceOutput(snapshots, static (output, snapshot) => SnapshotEmitter.Emit(snapshot).AddTo(output));
        context.RegisterSourceOutput(shapes, static (output, shape) => ShapeEmitter.Emit(shape).AddTo(output));
        context.RegisterSourceOutput(tables, static (output, table) => JsonContextEmitter.Emit(table).AddTo(output));
    }

    private static JsonTable Table(TypeModel model, ImmutableArray<TypeModel> events, ImmutableArray<TypeModel> shapes) =>
        new(model, events.Concat(shapes).Where(type => type.IsVisible).OrderBy(type => type.FullName, StringComparer.Ordinal).ToEquatableArray());
}
