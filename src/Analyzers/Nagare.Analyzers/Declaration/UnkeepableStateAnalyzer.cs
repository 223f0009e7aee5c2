using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG0016: an aggregate asks for snapshots, and its state cannot be kept whole.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnkeepableStateAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG0016";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A state that asks for snapshots cannot be kept",
        "The state '{0}' asks for snapshots, but cannot be kept whole: {1}",
        RuleCategories.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A load that begins at a snapshot must give what the whole fold gives, so everything that the state holds has to be written and read again.",
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
        if (AggregateReader.TryRead(type) is not { } aggregate || !SnapshotParser.IsAskedFor(aggregate))
        {
            return;
        }

        if (!TypeParser.CanBeExtended(type))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, Places.Of(type), type.Name, "no codec can be generated for a type that is not partial: make it partial, or take SnapshotEvery away and give a codec by AddSnapshots"));
            return;
        }

        foreach (var problems in SnapshotParser.Problems(aggregate, context.CancellationToken).GroupBy<ShapeProblem, ISymbol?>(static problem => problem.Member, SymbolEqualityComparer.Default))
        {
            // A member of a base may stand in another file, of which this analysis does not speak.
            var owner = SymbolEqualityComparer.Default.Equals(problems.Key?.ContainingType, type) ? problems.Key! : type;
            context.ReportDiagnostic(Diagnostic.Create(Rule, Places.Of(owner), type.Name, problems.First().Sentence));
        }
    }
}
