using System;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Writes what the assembly's model lists.</summary>
[Generator]
public sealed class RegistrationGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var models = All(context, KnownNames.EventModelAttribute, RegistrationParser.ParseModel, static model => model.FullName);
        var families = All(context, KnownNames.EventFamilyAttribute, RegistrationParser.ParseFamily, static family => family);
        var aggregates = All(context, KnownNames.AggregateAttribute, RegistrationParser.ParseAggregate, static aggregate => aggregate.Type);
        var explainers = All(context, KnownNames.ExplainerAttribute, RegistrationParser.ParseExplainer, static explainer => explainer.Constructor.Type);
        var commands = All(context, KnownNames.CommandAttribute, RegistrationParser.ParseCommand, static command => command.Type);
        var invariants = context
            .ForMark(KnownNames.InvariantAttribute, InvariantParser.IsCandidate, InvariantParser.Parse)
            .WithTrackingName(Steps.ParseInvariant)
            .Collect()
            .Select(static (rules, _) => RegistrationParser.NameInvariants(rules));

        var registration = models.Combine(families).Combine(aggregates).Combine(explainers).Combine(commands).Combine(invariants)
            .Select(static (all, _) =>
            {
                var (((((models, families), aggregates), explainers), commands), invariants) = all;

                // One model an assembly; where somebody marks two, the second implements nothing and AddModel refuses it.
                return models.Count == 0 ? null : new RegistrationModel
                {
                    Type = models[0],
                    Families = families,
                    Aggregates = aggregates,
                    Explainers = explainers,
                    Invariants = invariants,
                    Commands = commands,
                };
            })
            .WithTrackingName(Steps.CompleteModel);

        context.RegisterSourceOutput(registration, static (output, model) =>
        {
            if (model is not null)
            {
                RegistrationEmitter.Emit(model).AddTo(output);
            }
        });
    }

    /// <summary>All of one kind, in ordinal order, each once however many of its parts are marked.</summary>
    private static IncrementalValueProvider<EquatableArray<T>> All<T>(
        IncrementalGeneratorInitializationContext context,
        string attribute,
        Func<GeneratorAttributeSyntaxContext, CancellationToken, T?> parse,
        Func<T, string> name)
        where T : class, IEquatable<T> =>
        context
            .ForMark(attribute, RegistrationParser.IsType, parse)
            .WithTrackingName(Steps.ParseRegistration)
            .Collect()
            .Select((found, _) => found.Distinct().OrderBy(name, StringComparer.Ordinal).ToEquatableArray());
}
