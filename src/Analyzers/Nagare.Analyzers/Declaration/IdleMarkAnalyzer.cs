using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG0012: a rule, aggregate, explainer or command that is marked and never listed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IdleMarkAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG0012";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A mark has no effect",
        "[{0}] has no effect on '{1}': {2}",
        RuleCategories.Declaration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A mark on something that the generators cannot use is passed over. What was marked is then missing from the model, and no one says so at run time.",
        helpLinkUri: HelpPages.Of(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType, SymbolKind.Method);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        foreach (var attribute in context.Symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { ContainingNamespace: { Name: KnownNames.Namespace, ContainingNamespace.IsGlobalNamespace: true } } mark && Reason(context.Symbol, mark) is { } reason)
            {
                context.ReportDiagnostic(Diagnostic.Create(Rule, Places.Of(context.Symbol, attribute), mark.Name.Replace("Attribute", ""), context.Symbol.Name, reason));
            }
        }
    }

    private static string? Reason(ISymbol symbol, INamedTypeSymbol mark) => (symbol, mark.MetadataName) switch
    {
        (IMethodSymbol method, "InvariantAttribute") => Method(method),
        (INamedTypeSymbol type, "InvariantAttribute") => type.FindInterface(KnownNames.BisectInvariant) is null ? "a class that is a rule implements IBisectInvariant" : Generic(type),
        (INamedTypeSymbol type, "AggregateAttribute") => Generic(type) ?? (AggregateReader.TryRead(type) is null ? $"an aggregate is a class or record that implements IAggregate<{type.Name}, TEvent>" : null),
        (INamedTypeSymbol type, "ExplainerAttribute") => Generic(type) ?? (ExplainerReader.TryRead(type) is null ? "an explainer is a class that implements IEventExplainer<TEvent>" : null),
        (INamedTypeSymbol type, "CommandAttribute") => Generic(type),
        (INamedTypeSymbol type, "IgnoresAttribute`1") => Ignores(type, mark),
        _ => null,
    };

    private static string? Generic(INamedTypeSymbol type) => Inheritance.IsGeneric(type) ? "it has type parameters, or stands in a type that has" : null;

    private static string? Method(IMethodSymbol method) => method switch
    {
        { IsStatic: false } => "a rule is a static method",
        { IsGenericMethod: true } => "a rule has no type parameters",
        _ when !method.ReturnType.Is(KnownNames.InvariantResult) => "a rule returns InvariantResult",
        { Parameters.Length: not (1 or 2) } => "a rule takes a state or an event, and the Envelope where it is wanted",
        _ when method.Parameters.Length == 2 && !method.Parameters[1].Type.Is(KnownNames.Envelope) => "the second parameter of a rule is the Envelope",
        _ when !IsSubject(method.Parameters[0].Type) => "the first parameter of a rule is an aggregate or an event",
        { DeclaredAccessibility: not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal) } => "the model calls it, so it is at least internal",
        _ when Inheritance.IsGeneric(method.ContainingType) => "the type around it has type parameters",
        _ when !Visibility.Includes(method.ContainingType, method.ContainingAssembly) => "the model calls it, so the types around it are at least internal",
        _ => null,
    };

    private static bool IsSubject(ITypeSymbol type) =>
        type is INamedTypeSymbol named && (named.FindInterface(KnownNames.Aggregate) is not null || FamilyParser.StoredName(named) is not null || FamilyParser.BaseOf(named) is not null);

    private static string? Ignores(INamedTypeSymbol type, INamedTypeSymbol mark) =>
        AggregateReader.TryRead(type) is { } aggregate && mark.TypeArguments[0] is INamedTypeSymbol { TypeKind: not TypeKind.Error } ignored && !Inheritance.IsOrDerivesFrom(ignored, aggregate.Family)
            ? $"{ignored.Name} is no event of {aggregate.Family.Name}"
            : null;
}
