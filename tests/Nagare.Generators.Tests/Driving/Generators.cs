using Microsoft.CodeAnalysis;

namespace Nagare.Generators.Tests.Driving;

/// <summary>Every generator of the project with the tracked steps that carry its models. A new generator is one line here, and all tests in this folder cover it.</summary>
public static class Generators
{
    private static readonly Dictionary<string, (Func<IIncrementalGenerator> Create, string[] Steps)> All = new()
    {
        [nameof(CodecGenerator)] = (() => new CodecGenerator(), [Steps.ParseEvent, Steps.ParsePastEvent, Steps.DistinctEvents, Steps.DistinctPastEvents, Steps.DistinctShapes, Steps.DistinctSchemas, Steps.DistinctPastSchemas, Steps.TableJson]),
        [nameof(FamilyGenerator)] = (() => new FamilyGenerator(), [Steps.ParseEventEntry, Steps.ParseFamily, Steps.TableFamily]),
        [nameof(AggregateGenerator)] = (() => new AggregateGenerator(), [Steps.ParseAggregate, Steps.CollectMembers, Steps.CompleteAggregate]),
        [nameof(ExplainerGenerator)] = (() => new ExplainerGenerator(), [Steps.ParseExplainer, Steps.CompleteExplainer]),
        [nameof(RegistrationGenerator)] = (() => new RegistrationGenerator(), [Steps.ParseRegistration, Steps.ParseInvariant, Steps.CompleteModel]),
        [nameof(UpcasterGenerator)] = (() => new UpcasterGenerator(), [Steps.ParsePastEntry, Steps.ParseUpcaster, Steps.ComposeUpcasters, Steps.CollectJsonUpcasters]),
        [nameof(StateGenerator)] = (() => new StateGenerator(), [Steps.ParseState]),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public static IIncrementalGenerator Create(string name) => All[name].Create();

    public static IReadOnlyList<string> StepsOf(string name) => All[name].Steps;

    public static ISourceGenerator[] CreateAll() => [.. All.Values.Select(generator => generator.Create().AsSourceGenerator())];
}
