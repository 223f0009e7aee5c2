using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG0009: an aggregate without an initial state, or a rule that nothing can make, is found before it is asked.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UncreatableTypeAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG0009";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Nothing can create a marked type",
        "'{0}' cannot be created: {1}",
        RuleCategories.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "An aggregate begins as its Initial state, which the generator makes with a constructor without parameters. Rules and explainers are made by the model, through a constructor that generated code can call.",
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
        if (AggregateReader.TryRead(type) is { } aggregate)
        {
            if (AggregateParser.Parse(type) is { Initial: InitialState.Impossible })
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Rule,
                    Places.Of(type, aggregate.Attribute),
                    type.Name,
                    $"write 'public static {type.Name} Initial {{ get; }} = …', or give every constructor parameter a default and make no member required"));
            }
        }
        else if (MarkOf(type) is { } mark && ConstructorFinder.Find(type) is null)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Rule,
                Places.Of(type, mark),
                type.Name,
                type.IsAbstract ? "it is abstract, and left out of the model" : "no constructor of it is public or internal, so it is left out of the model"));
        }
    }

    private static AttributeData? MarkOf(INamedTypeSymbol type) => type.TypeKind != TypeKind.Class || type.IsStatic || Inheritance.IsGeneric(type) ? null
        : type.FindInterface(KnownNames.BisectInvariant) is not null ? type.FindAttribute(KnownNames.InvariantAttribute)
        : type.FindInterface(KnownNames.EventExplainer) is not null ? type.FindAttribute(KnownNames.ExplainerAttribute)
        : null;
}
