using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG0014: a number whose meaning lies in the order of source code.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NumericEnumAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG0014";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "An enum is stored by number",
        "'{0}' stores the enum '{1}' by number, and a member inserted or moved would change the meaning of every stored event: {2}, so that names are stored",
        RuleCategories.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Numbers of an enum change their meaning when somebody inserts or reorders a member, and nothing notices. Names do not, and a name that is gone is an error when it is read.",
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

        var json = FamilyParser.BaseOf(type) is { } family ? FamilyParser.JsonContext(family) : null;
        foreach (var property in EventMembers.ByHand(type).OfType<IPropertySymbol>())
        {
            if (property.DeclaredAccessibility == Accessibility.Public && NumericEnums.In(property, json) is { } found)
            {
                context.ReportDiagnostic(Diagnostic.Create(Rule, Places.Of(property), $"{type.Name}.{property.Name}", found.Enum.Name, found.WayOut));
            }
        }
    }
}
