using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG1004: a handler that nobody can wait for.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncVoidHandlerAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG1004";

    private static readonly ImmutableHashSet<string> Names = ["Apply", "Decide", "On", "Explain", "Evaluate", "Evolve", "Upcast", "Deliver"];

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A handler is async void",
        "'{0}' is async void: nobody waits for it, and what it throws ends the process",
        RuleCategories.Correctness,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A handler that is async void returns at its first await. Its caller goes on as if it were done, and an exception after that ends the process.",
        helpLinkUri: HelpPages.Of(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.Method);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method is { IsAsync: true, ReturnsVoid: true } && ((Names.Contains(method.Name) && TakesPart(method)) || method.Parameters.Any(TakesEvent)))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, Places.Of(method), $"{method.ContainingType.Name}.{method.Name}"));
        }
    }

    // Marked for Nagare, or implementing one of its interfaces.
    private static bool TakesPart(IMethodSymbol method) =>
        method.GetAttributes().Concat(method.ContainingType.GetAttributes()).Any(static attribute => IsOurs(attribute.AttributeClass))
        || method.ContainingType.AllInterfaces.Any(IsOurs);

    // Whatever it is called and wherever it stands: who is handed an event, with or without its envelope, handles it.
    private static bool TakesEvent(IParameterSymbol parameter) => parameter.Type is INamedTypeSymbol type
        && (type.OriginalDefinition is { Name: "Envelope" } envelope ? IsOurs(envelope) : FamilyParser.StoredName(type) is not null || FamilyParser.BaseOf(type) is not null);

    private static bool IsOurs(INamedTypeSymbol? type) => type?.ContainingNamespace is { Name: KnownNames.Namespace, ContainingNamespace.IsGlobalNamespace: true };
}
