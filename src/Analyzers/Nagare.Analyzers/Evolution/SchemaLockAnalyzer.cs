using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG2020 to NAG2027: says of each change of a stored shape what it means for what is stored, at the member that changed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SchemaLockAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The property of a finding that names the event's family, as the code does.</summary>
    public const string FamilyProperty = "Family";

    /// <summary>The property of a finding that names the event, as the code does, or as the lock does where the code has none.</summary>
    public const string EventProperty = "Event";

    /// <summary>The property of a finding that names the kind of change.</summary>
    public const string KindProperty = "Kind";

    /// <summary>The property of a finding that names the event's version in the lock.</summary>
    public const string VersionProperty = "Version";

    /// <summary>The property of a finding that holds the former name, where that is what is missing.</summary>
    public const string FormerNameProperty = "FormerName";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        SchemaLockRules.Break,
        SchemaLockRules.Rollout,
        SchemaLockRules.Missing,
        SchemaLockRules.Behind,
        SchemaLockRules.Unreadable,
        SchemaLockRules.Rename,
        SchemaLockRules.NoLock,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var file = SchemaLockFile.Find(start.Options.AdditionalFiles, start.CancellationToken);
            if (file is null)
            {
                start.RegisterSymbolAction(ReportNoLock, SymbolKind.NamedType);
            }
            else if (file.Problem is { } problem)
            {
                start.RegisterAdditionalFileAction(additional =>
                {
                    if (additional.AdditionalFile == file.File)
                    {
                        additional.ReportDiagnostic(problem);
                    }
                });
            }
            else
            {
                var findings = new SchemaFindings(file.Schema!, start.Compilation);
                start.RegisterSymbolAction(symbol => Analyze(symbol, findings), SymbolKind.NamedType);
            }
        });
    }

    private static void ReportNoLock(SymbolAnalysisContext context)
    {
        if (FamilyParser.Parse((INamedTypeSymbol)context.Symbol) is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(SchemaLockRules.NoLock, context.Symbol.Locations[0], context.Symbol.Name));
        }
    }

    private static void Analyze(SymbolAnalysisContext context, SchemaFindings findings)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var found = EventParser.IsEvent(type) ? findings.OfEvent(type, context.CancellationToken)
            : FamilyParser.Parse(type) is not null ? findings.OfFamily(type)
            : [];
        foreach (var finding in found)
        {
            if (SchemaLockRules.Of(finding.Change) is { } rule)
            {
                context.ReportDiagnostic(Diagnostic.Create(rule, finding.Location, finding.Properties(), SchemaLockRules.Arguments(rule, finding.Change)));
            }
        }
    }
}
