using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nagare.Analyzers;

/// <summary>NAG0005: a public field looks like a member and is lost when the event is stored.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EventFieldAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG0005";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A field of an event is not stored",
        "'{0}' is a field, and only properties are stored: make it a property with init",
        RuleCategories.Declaration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The codec stores the public properties of an event. What a public field held is gone when the event is read.",
        helpLinkUri: HelpPages.Of(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!EventMembers.BelongsToFamily(type))
        {
            return;
        }

        foreach (var member in EventMembers.ByHand(type))
        {
            // One that can be written is NAG0004's.
            if (member is IFieldSymbol { IsReadOnly: true, DeclaredAccessibility: Accessibility.Public } field)
            {
                context.ReportDiagnostic(Diagnostic.Create(Rule, Places.Of(field), $"{type.Name}.{field.Name}"));
            }
        }
    }
}
