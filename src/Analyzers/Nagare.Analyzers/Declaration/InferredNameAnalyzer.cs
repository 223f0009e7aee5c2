using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG0015: a rename in C# would rename what is stored.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InferredNameAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG0015";

    /// <summary>The property of a diagnostic that holds the name to pin.</summary>
    public const string NameProperty = "Name";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A stored name is made from a type name",
        "'{0}' is stored as '{1}' because of its name in C#: [Event(\"{1}\")] would keep that when the type is renamed",
        RuleCategories.Declaration,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "The stored name of an event without one of its own is its type's name in kebab case. A renamed type would then be another event, and what is stored under the old name would be unknown.",
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
        if (type.FindAttribute(KnownNames.EventAttribute) is { ConstructorArguments.Length: 0 } attribute && EventParser.IsEvent(type))
        {
            var name = EventParser.StoredName(type);
            context.ReportDiagnostic(Diagnostic.Create(Rule, Places.Of(type, attribute), ImmutableDictionary<string, string?>.Empty.Add(NameProperty, name), type.Name, name));
        }
    }
}
