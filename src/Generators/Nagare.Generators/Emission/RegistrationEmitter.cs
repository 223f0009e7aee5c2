using System.Collections.Generic;
using System.Linq;
using System.Security;

namespace Nagare.Generators;

/// <summary>Prints what a model lists, and its rules as properties to ask questions with.</summary>
internal static class RegistrationEmitter
{
    private const string Provider = "global::Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions";

    public static GeneratedFile Emit(RegistrationModel model)
    {
        var writer = new SourceWriter();
        Placement.Inside(writer, model.Type, "", () => PrintMembers(writer, model), " : global::Nagare.IEventModel");
        return new GeneratedFile($"{model.Type.HintName}.Model.g.cs", writer.End());
    }

    private static void PrintMembers(SourceWriter writer, RegistrationModel model)
    {
        writer.Line("/// <summary>Lists families, aggregates, explainers, invariants and command names of this assembly.</summary>");
        writer.Line(SourceWriter.GeneratedCode);
        writer.Block("static void global::Nagare.IEventModel.Register(global::Nagare.EventModelBuilder model)", () =>
        {
            foreach (var line in Registrations(model))
            {
                writer.Line(line);
            }
        });

        if (model.Invariants.Count > 0)
        {
            writer.Line();
            writer.Line("/// <summary>The assembly's rules, to ask questions with.</summary>");
            writer.Line(SourceWriter.GeneratedCode);
            writer.Block("public static class Invariants", () => writer.Lines(string.Join("\n\n", model.Invariants.Select(Property))));
        }
    }

    private static IEnumerable<string> Registrations(RegistrationModel model) =>
        model.Families.Select(static family => $"model.AddFamily({family});")
            .Concat(model.Aggregates.Select(static aggregate => $"model.AddAggregate<{aggregate.Type}, {aggregate.Family}>();"))
            .Concat(model.Aggregates.Where(static aggregate => aggregate.HasSnapshots).Select(static aggregate => $"model.AddSnapshots({aggregate.Type}.{SnapshotEmitter.Policy});"))
            .Concat(model.Explainers.Select(static explainer => $"model.AddExplainer<{explainer.Family}>({Make(explainer.Constructor)});"))
            .Concat(model.Invariants.Select(static property => $"model.AddInvariant(Invariants.{property.Name});"))
            .Concat(model.Commands.Select(static command => $"model.AddCommand<{command.Type}>({Literals.Text(command.Name)});"));

    private static string Property(InvariantProperty property) => property.Rule.Form == InvariantForm.Class
        ? $$"""
            /// <summary>The rule <see cref="{{property.Rule.Target}}"/>.</summary>
            public static global::Nagare.InvariantRule {{property.Name}} { get; } = global::Nagare.InvariantRule.Of({{Make(property.Rule.Constructor!)}});
            """
        : $$"""
            /// <summary>{{InOneLine(property.Rule.Description)}}</summary>
            public static global::Nagare.InvariantRule {{property.Name}} { get; } = global::Nagare.InvariantRule.{{Factory(property.Rule)}}(
                {{Literals.Text(property.Rule.Name)}},
                {{Literals.Text(property.Rule.Description)}},
                monotone: {{(property.Rule.IsMonotone ? "true" : "false")}},
                static ({{Parameter(property.Rule)}}, {{(property.Rule.TakesEnvelope ? "at" : "_")}}) => {{property.Rule.Target}}({{Parameter(property.Rule)}}{{(property.Rule.TakesEnvelope ? ", at" : "")}}));
            """;

    private static string Factory(InvariantModel rule) => rule.Form == InvariantForm.OverState
        ? $"OverState<{rule.Subject}, {rule.Family}>"
        : $"OverEvent<{rule.Subject}>";

    private static string Parameter(InvariantModel rule) => rule.Form == InvariantForm.OverState ? "state" : "e";

    private static string Make(ConstructorModel constructor) => constructor.Parameters.Count == 0
        ? $"static _ => new {constructor.Type}()"
        : $"static services => new {constructor.Type}({string.Join(", ", constructor.Parameters.Select(Argument))})";

    private static string Argument(ParameterModel parameter) => parameter.Source switch
    {
        ParameterSource.Services => $"{parameter.Name}: services",
        ParameterSource.OptionalService => $"{parameter.Name}: {Provider}.GetService<{parameter.Type}>(services)",
        _ => $"{parameter.Name}: {Provider}.GetRequiredService<{parameter.Type}>(services)",
    };

    private static string InOneLine(string description) => SecurityElement.Escape(string.Join(" ", description.Split('\r', '\n')));
}
