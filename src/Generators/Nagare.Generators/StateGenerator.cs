using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Writes <c>Describe</c> of each partial aggregate: its state as JSON, for people and for diffs.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class StateGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var states = context
            .ForMark(KnownNames.AggregateAttribute, StateParser.IsCandidate, StateParser.Parse)
            .Collect()
            .SelectMany(static (states, _) => Distinct.States(states))
            .WithTrackingName(Steps.ParseState);

        context.RegisterSourceOutput(states, static (output, state) => StateEmitter.Emit(state).AddTo(output));
    }
}
