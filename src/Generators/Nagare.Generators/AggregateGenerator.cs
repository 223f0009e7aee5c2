using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Writes the fold and the decisions of partial aggregates.</summary>
internal sealed class AggregateGenerator : IConcern
{
    /// <inheritdoc/>
    public void Register(IncrementalGeneratorInitializationContext context, Marks marks)
    {
        var complete = marks.Aggregates
            .Select(static (aggregate, _) => aggregate.Dispatch)
            .WhereNotNull()
            .Collect()
            .SelectMany(static (aggregates, _) => Distinct.Aggregates(aggregates))
            .Combine(marks.Members)
            .Select(static (pair, _) => AggregateParser.Complete(pair.Left, pair.Right))
            .WithTrackingName(Steps.CompleteAggregate);

        context.RegisterSourceOutput(complete, static (output, aggregate) => AggregateEmitter.Emit(aggregate).AddTo(output));
    }
}
