using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Writes <c>Describe</c> of each partial aggregate: its state as JSON, for people and for diffs.</summary>
internal sealed class StateGenerator : IConcern
{
    /// <inheritdoc/>
    public void Register(IncrementalGeneratorInitializationContext context, Marks marks)
    {
        var states = marks.Aggregates
            .Select(static (aggregate, _) => aggregate.State)
            .WhereNotNull()
            .Collect()
            .SelectMany(static (states, _) => Distinct.States(states))
            .WithTrackingName(Steps.ParseState);

        context.RegisterSourceOutput(states, static (output, state) => StateEmitter.Emit(state).AddTo(output));
    }
}
