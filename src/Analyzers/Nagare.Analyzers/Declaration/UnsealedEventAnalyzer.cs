using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG0001: an event that can be derived from is stored by a codec that knows nothing of what derives.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnsealedEventAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG0001";

    /// <summary>The property of a diagnostic that is there where nothing derives from the event.</summary>
    public const string CanBeSealedProperty = "CanBeSealed";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "An event is not a sealed record",
        "The event '{0}' is not {1}: what is stored is this type's members, and a type below it would lose its own",
        RuleCategories.Declaration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "An event is stored under its name with its own members. Values of a derived type would be refused or cut short, so an event is a sealed record.",
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
            var model = CompilationModel.Of(start.Compilation);
            start.RegisterSymbolAction(symbol => Analyze(symbol, model), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, Lazy<CompilationModel> model)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!EventParser.IsEvent(type) || type is { IsRecord: true, IsSealed: true })
        {
            return;
        }

        // Events may stand below one another; then the upper one cannot be sealed, and that is meant.
        var isBase = model.Value.IsBase(type);
        if (isBase && model.Value.Events.Any(other => other.BaseTypes().Any(above => SymbolEqualityComparer.Default.Equals(above, type))))
        {
            return;
        }

        var properties = isBase || type.IsSealed ? ImmutableDictionary<string, string?>.Empty : ImmutableDictionary<string, string?>.Empty.Add(CanBeSealedProperty, "");
        context.ReportDiagnostic(Diagnostic.Create(Rule, Places.Of(type), properties, type.Name, type.IsRecord ? "sealed" : "a record"));
    }
}
