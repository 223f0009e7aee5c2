using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Analyzers;

namespace Nagare.Benchmarks.Typing;

/// <summary>
/// Reads what the rules share before any of them asks, as a rule of its own: the compiler starts rules in their order, and the first to ask
/// would otherwise pay for all.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class SharedFacts : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Shared = new(
        "shared by all", "What the rules share", "Never reported", "Benchmarks", DiagnosticSeverity.Info, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Shared];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start => _ = CompilationModel.Of(start.Compilation).Value.Members);
    }
}
