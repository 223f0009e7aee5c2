using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG0002: a mark that the generators pass over in silence shows only when the first such event is appended.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LeftOutEventAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG0002";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "An event is left out of its family",
        "'{0}' is marked [Event] and is left out: {1}",
        RuleCategories.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A type marked [Event] becomes an event only where it derives from a base record of its own assembly that is marked [EventFamily], is neither abstract nor generic, and can be seen by generated code.",
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
        if (type.FindAttribute(KnownNames.EventAttribute) is { } attribute && !EventParser.IsEvent(type))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, Places.Of(type, attribute), type.Name, Reason(type)));
        }
    }

    private static string Reason(INamedTypeSymbol type) => FamilyParser.BaseOf(type) switch
    {
        null => "it derives from no record that is marked [EventFamily]",
        _ when Inheritance.IsGeneric(type) => "a stored type has no type parameters, and neither do the types around it",
        _ when type.IsAbstract => "it is abstract; mark the records that derive from it",
        { } family when !SymbolEqualityComparer.Default.Equals(family.ContainingAssembly, type.ContainingAssembly) =>
            $"its family {family.Name} is closed, and lives in the assembly {family.ContainingAssembly.Name}",
        _ => "generated code cannot see it; make it internal, or the types around it partial",
    };
}
