using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG1007: a model that the application uses and does not add.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnregisteredModelAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG1007";

    /// <summary>The property of a diagnostic that holds the model's full name.</summary>
    public const string ModelProperty = "Model";

    private const string ExtensionsType = "Microsoft.Extensions.DependencyInjection.NagareServiceCollectionExtensions";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A model is not registered in the application that uses it",
        "AddNagare is not told of '{0}', {1}: add .AddModel<{0}>()",
        RuleCategories.Correctness,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "An event of a model that was not added is refused at the first append, and one that is stored is unknown at the first read.",
        helpLinkUri: HelpPages.Of(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var compilation = start.Compilation;
            var models = new Lazy<UsedModels>(() => new UsedModels(compilation), LazyThreadSafetyMode.ExecutionAndPublication);
            start.RegisterOperationAction(operation => Analyze(operation, models), OperationKind.Invocation);
        });
    }

    private static void Analyze(OperationAnalysisContext context, Lazy<UsedModels> models)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name != "AddNagare" || !call.TargetMethod.ContainingType.Is(ExtensionsType) || Configuration(call) is not { } configure)
        {
            return;
        }

        foreach (var (model, why) in models.Value.All)
        {
            if (!models.Value.IsAddedSomewhere(model, context.CancellationToken))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Rule,
                    JournalCalls.NameOf(call).GetLocation(),
                    ImmutableDictionary<string, string?>.Empty.Add(ModelProperty, Naming.FullName(model)),
                    model.Name,
                    why));
            }
        }
    }

    // A lambda that hands the builder to somebody else's method may have it added there.
    private static IAnonymousFunctionOperation? Configuration(IInvocationOperation call)
    {
        var lambda = call.Arguments.SelectMany(static argument => argument.Value.DescendantsAndSelf()).OfType<IAnonymousFunctionOperation>().FirstOrDefault();
        if (lambda is not { Symbol.Parameters: [var builder] })
        {
            return null;
        }

        var calls = lambda.Body.Descendants().OfType<IInvocationOperation>().Where(inner => inner.Arguments.Any(argument => argument.Value.Type.IsBuilder()) || inner.Instance?.Type.IsBuilder() == true);
        return calls.All(static inner => inner.TargetMethod.ContainingNamespace.IsOurs()) && builder.Type.IsBuilder() ? lambda : null;
    }
}
