using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG0010: of two classes marked as the model, one stays empty.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SecondModelAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG0010";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "An assembly has a second model",
        "'{0}' lists nothing: the assembly's model is '{1}', and there is one to an assembly",
        RuleCategories.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "The class marked [EventModel] lists everything that is marked in its assembly. A second one lists nothing and cannot be added.",
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
            var model = CompilationModel.Of(start.Compilation);
            start.RegisterSymbolAction(symbol => Analyze(symbol, model), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, Lazy<CompilationModel> model)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.FindAttribute(KnownNames.EventModelAttribute) is { } attribute
            && model.Value.Models is [var first, ..]
            && !SymbolEqualityComparer.Default.Equals(first, type))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, Places.Of(type, attribute), type.Name, first.Name));
        }
    }
}
