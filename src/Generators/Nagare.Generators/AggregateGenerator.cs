using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Writes the fold and the decisions of partial aggregates.</summary>
[Generator]
public sealed class AggregateGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var members = context.FamilyMembers();

        var aggregates = context
            .ForMark(KnownNames.AggregateAttribute, AggregateParser.IsCandidate, AggregateParser.Parse)
            .WithTrackingName(Steps.ParseAggregate);

        var complete = aggregates
            .Combine(members)
            .Select(static (pair, _) => AggregateParser.Complete(pair.Left, pair.Right))
            .WithTrackingName(Steps.CompleteAggregate);

        context.RegisterSourceOutput(complete, static (output, aggregate) => AggregateEmitter.Emit(aggregate).AddTo(output));
    }
}
