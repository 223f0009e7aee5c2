using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Writes <c>Describe</c> of each partial aggregate: its state as JSON, for people and for diffs.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class StateGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var states = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownNames.AggregateAttribute, StateParser.IsCandidate, StateParser.Parse)
            .Where(static state => state is not null)
            .Select(static (state, _) => state!)
            .Collect()
            .SelectMany(static (states, _) => Distinct.States(states))
            .WithTrackingName(Steps.ParseState);

        context.RegisterSourceOutput(states, static (output, state) => StateEmitter.Emit(state).AddTo(output));
    }
}
