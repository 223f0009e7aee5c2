using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;
using Nagare.Schema;

namespace Nagare.Analyzers;

/// <summary>NAG2001: a stored version that nothing leads to today cannot be read.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UpcasterGapAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG2001";

    /// <summary>The property of a finding on a past event that no upcaster takes.</summary>
    public const string NoUpcasterProperty = "NoUpcaster";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A stored version leads nowhere",
        "'{0}' {1}",
        RuleCategories.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Every version in which an event was ever stored must be read: by a past event with an upcaster, or by an upcaster of raw JSON.",
        helpLinkUri: HelpPages.Of(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        StoredHistory.Register(context, Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context, StoredHistory history)
    {
        if (history.Find(context.Symbol) is not { } shape)
        {
            return;
        }

        if (shape.IsPast && history.From((INamedTypeSymbol)shape.Symbol) is { End: WayEnd.Gap, Steps.Count: 0 })
        {
            Report(context, ImmutableDictionary<string, string?>.Empty.Add(NoUpcasterProperty, ""), "has no upcaster: write [Upcaster] static TheEvent Upcast(" + shape.Symbol.Name + " old), or one that returns an empty IEnumerable where nothing is left of it");
        }

        // Named once, at the latest version; with its past events, an event of today is the latest.
        else if (history.IsLatest(shape) && history.FirstMissing(shape) is { } missing)
        {
            Report(context, Missing(shape, missing), $"is version {shape.Version} of '{shape.Name}', but nothing reads version {missing}: keep its shape as a [PastEvent] with an [Upcaster], or write [Upcaster(\"{shape.Name}\", {missing})] for its JSON");
        }
    }

    private static void Report(SymbolAnalysisContext context, ImmutableDictionary<string, string?> properties, string gap) =>
        context.ReportDiagnostic(Diagnostic.Create(Rule, context.Symbol.Locations[0], properties, context.Symbol.Name, gap));

    // What the lock has of that version, the fix of a break knows to write.
    private static ImmutableDictionary<string, string?> Missing(NamedShape shape, int version) => ImmutableDictionary<string, string?>.Empty
        .Add(SchemaLockAnalyzer.FamilyProperty, shape.FamilyName)
        .Add(SchemaLockAnalyzer.EventProperty, shape.Name)
        .Add(SchemaLockAnalyzer.KindProperty, nameof(ChangeKind.VersionBumpedWithoutUpcaster))
        .Add(SchemaLockAnalyzer.VersionProperty, version.ToString(CultureInfo.InvariantCulture));
}
