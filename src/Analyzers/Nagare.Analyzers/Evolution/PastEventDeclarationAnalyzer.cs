using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG2005: a history record that no codec can read leaves what was stored unread.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PastEventDeclarationAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG2005";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A past event cannot be read",
        "The past event '{0}' {1}",
        RuleCategories.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A past event is a record of its own with members that can be stored, of a version before that of today's event.",
        helpLinkUri: HelpPages.Of(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        StoredHistory.Register(context, Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context, StoredHistory history)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (PastEventParser.Mark(type) is not null && Problem(type, history, context) is { } problem)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, type.Locations[0], type.Name, problem));
        }
    }

    private static string? Problem(INamedTypeSymbol type, StoredHistory history, SymbolAnalysisContext context)
    {
        if (PastEventParser.Problem(type) is { } problem)
        {
            return problem;
        }

        if (PastEventParser.Parse(type, context.CancellationToken) is { Event.Shape.Problem: { } unreadable })
        {
            return "has no codec: " + unreadable;
        }

        return history.Find(type) is { } shape && history.Today(shape) is { } today && today.Version < shape.Version
            ? $"is of version {shape.Version}, but '{today.Name}' is at version {today.Version} today: raise [Event(Version = {shape.Version + 1})] on {today.Symbol.Name}, or correct the version here"
            : null;
    }
}
