using System;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Writes what the assembly's model lists.</summary>
internal sealed class RegistrationGenerator : IConcern
{
    /// <inheritdoc/>
    public void Register(IncrementalGeneratorInitializationContext context, Marks marks)
    {
        var models = All(marks.Models, static model => model.FullName);
        var families = All(marks.Families.Select(static (family, _) => RegistrationParser.Descriptor(family)).WhereNotNull().WithTrackingName(Steps.ParseRegistration), static family => family);
        var aggregates = All(marks.Aggregates.Select(static (aggregate, _) => aggregate.Entry).WhereNotNull().WithTrackingName(Steps.ParseRegistration), static aggregate => aggregate.Type);
        var explainers = All(marks.Explainers.Select(static (explainer, _) => explainer.Entry).WhereNotNull().WithTrackingName(Steps.ParseRegistration), static explainer => explainer.Constructor.Type);
        var commands = All(marks.Commands, static command => command.Type);
        var invariants = marks.Invariants.Collect().Select(static (rules, _) => RegistrationParser.NameInvariants(rules));

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
    private static IncrementalValueProvider<EquatableArray<T>> All<T>(IncrementalValuesProvider<T> marked, Func<T, string> name)
        where T : class, IEquatable<T> =>
        marked.Collect()
            .Select((found, _) => found.Distinct().OrderBy(name, StringComparer.Ordinal).ToEquatableArray());
}
