using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG0007: a member that no codec covers is found here, and not at start-up.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnstorableMemberAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG0007";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A member of an event cannot be stored",
        "The event '{0}' has no codec: {1}",
        RuleCategories.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Without a codec for each of its members an event cannot be stored, and the model refuses its family at start-up.",
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
            var storable = new StorableTypes();
            start.RegisterSymbolAction(symbol => Analyze(symbol, storable), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, StorableTypes storable)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!EventParser.IsEvent(type) || storable.Includes(type, context.CancellationToken))
        {
            return;
        }

        var shapes = new ShapeParser(type, FamilyParser.JsonContext(FamilyParser.BaseOf(type)!), context.CancellationToken);
        shapes.ParseEvent(type);
        foreach (var problems in shapes.Problems.GroupBy<ShapeProblem, ISymbol?>(static problem => problem.Member, SymbolEqualityComparer.Default))
        {
            // One by number has a rule of its own, which says more.
            if (problems.Key is IPropertySymbol member && NumericEnums.In(member, null) is not null)
            {
                continue;
            }

            // A member of a base may stand in another file, of which this analysis does not speak.
            var owner = SymbolEqualityComparer.Default.Equals(problems.Key?.ContainingType, type) ? problems.Key! : type;
            context.ReportDiagnostic(Diagnostic.Create(Rule, Places.Of(owner), type.Name, problems.First().Sentence));
        }
    }
}
