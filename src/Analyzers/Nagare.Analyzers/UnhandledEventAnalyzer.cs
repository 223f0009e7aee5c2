using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
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
        "Nagare.Aggregates",
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
            var compilation = start.Compilation;

            // Not the token of this callback: what is read serves every later one.
            var model = new Lazy<CompilationModel>(() => CompilationModel.Read(compilation, CancellationToken.None), LazyThreadSafetyMode.ExecutionAndPublication);
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
                Place(aggregate),
                additionalLocations: e.Locations.Where(location => location.SourceTree is { } tree && compilation.ContainsSyntaxTree(tree)),
                properties: ImmutableDictionary<string, string?>.Empty.Add(EventProperty, e.GetDocumentationCommentId()),
                aggregate.Type.Name,
                e.Name));
        }
    }

    // Of the aggregate's parts, the one that is marked.
    private static Location Place(AggregateReader aggregate)
    {
        var marked = aggregate.Attribute.ApplicationSyntaxReference?.SyntaxTree;
        return aggregate.Type.Locations.FirstOrDefault(location => location.SourceTree == marked) ?? aggregate.Type.Locations[0];
    }
}
