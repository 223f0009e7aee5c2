using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG1002: an event that an aggregate neither applies nor ignores on purpose was probably forgotten.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnhandledEventAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG1002";

    /// <summary>The property of a diagnostic that holds the event's documentation id, for the fix.</summary>
    public const string EventProperty = "Event";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "An aggregate neither applies nor ignores an event",
        "'{0}' neither applies nor ignores '{1}': write Apply({1} e), or [Ignores<{1}>] where it changes nothing",
        RuleCategories.Correctness,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "An event without an Apply method leaves the state as it is. Where that is meant, say so with [Ignores<TEvent>], or with IgnoreRest for all events to come.",
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
        if (AggregateReader.TryRead((INamedTypeSymbol)context.Symbol) is not { } aggregate)
        {
            return;
        }

        // In an editor, an event of another project has its source at hand, but not in this compilation.
        var compilation = context.Compilation;
        foreach (var e in model.Value.Unhandled(aggregate))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Rule,
                Places.Of(aggregate.Type, aggregate.Attribute),
                additionalLocations: e.Locations.Where(location => location.SourceTree is { } tree && compilation.ContainsSyntaxTree(tree)),
                properties: ImmutableDictionary<string, string?>.Empty.Add(EventProperty, e.GetDocumentationCommentId()),
                aggregate.Type.Name,
                e.Name));
        }
    }
}
