using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nagare.Analyzers;

/// <summary>NAG0004: an event with a setter or a field that can be written is no fact.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MutableEventAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG0004";

    /// <summary>The property of a diagnostic that is there where <c>set</c> can simply become <c>init</c>.</summary>
    public const string CanBeInitProperty = "CanBeInit";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "An event can be changed after it happened",
        "'{0}' can be changed after the event happened: {1}",
        RuleCategories.Declaration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "An event is a fact. Members that can be set later change what others read from the same object, and a private setter or a field is not stored at all.",
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
            if (member is IPropertySymbol { SetMethod: { IsInitOnly: false } setter } property)
            {
                var properties = setter.DeclaredAccessibility == Accessibility.Public ? ImmutableDictionary<string, string?>.Empty.Add(CanBeInitProperty, "") : ImmutableDictionary<string, string?>.Empty;
                context.ReportDiagnostic(Diagnostic.Create(Rule, Places.Of(property), properties, $"{type.Name}.{property.Name}", "give it init instead of set"));
            }
            else if (member is IFieldSymbol { IsReadOnly: false } field)
            {
                context.ReportDiagnostic(Diagnostic.Create(Rule, Places.Of(field), $"{type.Name}.{field.Name}", "make it a property with init"));
            }
        }
    }
}
