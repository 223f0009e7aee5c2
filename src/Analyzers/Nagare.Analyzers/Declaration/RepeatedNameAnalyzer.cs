using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG0008: two of one stored name could not be told apart when they are read.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RepeatedNameAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG0008";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A stored name is given twice",
        "'{0}' is stored as '{1}', and so is '{2}'",
        RuleCategories.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Families are told apart by their stored names, events of a family by name and version, commands by name. Two of one name are refused at start-up.",
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
            var names = new Lazy<StoredNames>(() => new StoredNames(model.Value), LazyThreadSafetyMode.ExecutionAndPublication);
            start.RegisterSymbolAction(symbol => Analyze(symbol, names), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, Lazy<StoredNames> names)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (names.Value.Find(type) is var (name, other))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, Places.Of(type), type.Name, name, other.Name));
        }
    }

    /// <summary>The stored names of a compilation that more than one type has.</summary>
    private sealed class StoredNames
    {
        private readonly Dictionary<INamedTypeSymbol, (string Name, INamedTypeSymbol Other)> _repeated = new(SymbolEqualityComparer.Default);

        public StoredNames(CompilationModel model)
        {
            Add(model.Events, static e => $"{Naming.FullName(FamilyParser.BaseOf(e)!)} {EventParser.StoredName(e)} v{EventParser.Version(e)}", EventParser.StoredName);
            Add(model.Families, static family => FamilyParser.StoredName(family)!, static family => FamilyParser.StoredName(family)!);
            Add(model.Commands, NameOfCommand, NameOfCommand);
        }

        public (string Name, INamedTypeSymbol Other)? Find(INamedTypeSymbol type) => _repeated.TryGetValue(type, out var found) ? found : null;

        private static string NameOfCommand(INamedTypeSymbol command) =>
            command.FindAttribute(KnownNames.CommandAttribute) is { ConstructorArguments: [{ Value: string name }] } ? name : Naming.FullName(command);

        private void Add(IReadOnlyList<INamedTypeSymbol> types, Func<INamedTypeSymbol, string> key, Func<INamedTypeSymbol, string> name)
        {
            foreach (var same in types.GroupBy(key, StringComparer.Ordinal).Where(static same => same.Count() > 1))
            {
                foreach (var type in same)
                {
                    _repeated[type] = (name(type), same.First(other => !SymbolEqualityComparer.Default.Equals(other, type)));
                }
            }
        }
    }
}
