using Microsoft.CodeAnalysis;

namespace Nagare.Generators.Tests.Driving;

/// <summary>Every concern of the generator with the tracked steps that carry its models. A new concern is one line here, and all tests in this folder cover it.</summary>
public static class Generators
{
    private static readonly Dictionary<string, (Func<IConcern> Create, string[] Steps)> All = new()
    {
        [nameof(CodecGenerator)] = (() => new CodecGenerator(), [Steps.ParseEvent, Steps.ParsePastEvent, Steps.ParseAggregate, Steps.DistinctEvents, Steps.DistinctPastEvents, Steps.DistinctSnapshots, Steps.DistinctShapes, Steps.ParseModel, Steps.TableJson]),
        [nameof(FamilyGenerator)] = (() => new FamilyGenerator(), [Steps.ParseEventEntry, Steps.ParseFamily, Steps.TableFamily]),
        [nameof(AggregateGenerator)] = (() => new AggregateGenerator(), [Steps.ParseAggregate, Steps.CollectMembers, Steps.CompleteAggregate]),
        [nameof(ExplainerGenerator)] = (() => new ExplainerGenerator(), [Steps.ParseExplainer, Steps.CompleteExplainer]),
        [nameof(RegistrationGenerator)] = (() => new RegistrationGenerator(), [Steps.ParseRegistration, Steps.ParseCommand, Steps.ParseInvariant, Steps.CompleteModel]),
        [nameof(UpcasterGenerator)] = (() => new UpcasterGenerator(), [Steps.ParsePastEntry, Steps.ParseUpcaster, Steps.ComposeUpcasters, Steps.CollectJsonUpcasters]),
        [nameof(StateGenerator)] = (() => new StateGenerator(), [Steps.ParseState]),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    /// <summary>A generator of this concern alone.</summary>
    public static IIncrementalGenerator Create(string name) => new OneConcern(All[name].Create());

    public static IReadOnlyList<string> StepsOf(string name) => All[name].Steps;

    /// <summary>The generator that the package brings.</summary>
    public static ISourceGenerator[] CreateAll() => [new NagareGenerator().AsSourceGenerator()];

    private sealed class OneConcern(IConcern concern) : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context) => concern.Register(context, new Marks(context, new Memory()));
    }
}
