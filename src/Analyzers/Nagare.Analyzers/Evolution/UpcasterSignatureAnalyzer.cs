using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG2004: a method marked [Upcaster] that no chain can call leaves what was stored unread.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UpcasterSignatureAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG2004";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "An upcaster cannot be called",
        "The upcaster '{0}' {1}",
        RuleCategories.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "An upcaster is a static method, at least internal, from a past event or a JsonElement to an event of the family, a past event, or an IEnumerable of either; a second parameter may be EventMetadata or Envelope.",
        helpLinkUri: HelpPages.Of(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        StoredHistory.Register(context, Analyze, SymbolKind.Method);
    }

    private static void Analyze(SymbolAnalysisContext context, StoredHistory history)
    {
        if (UpcasterReader.TryRead((IMethodSymbol)context.Symbol) is { Problem: { } problem })
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, context.Symbol.Locations[0], context.Symbol.Name, problem));
        }
    }
}
