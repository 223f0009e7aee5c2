using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG2006: a former name that something else is stored under would be read as the wrong one of the two.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FormerNameAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG2006";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A former name is taken",
        "'{0}' cannot be read under its former name '{1}': {2} is stored under it",
        RuleCategories.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "What is stored under a name is read as one thing. A former name that something else has is free again only where schema versions tell the two apart.",
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
        if (history.Find(context.Symbol) is not { IsEvent: true } shape)
        {
            return;
        }

        foreach (var (other, name) in history.Rivals(shape).Where(rival => rival.Other.IsEvent && shape.FormerNames.Contains(rival.Name)))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, shape.Symbol.Locations[0], other.Symbol.Locations, shape.Symbol.Name, name, other.Symbol.Name));
        }

        AnalyzeMembers(context, (INamedTypeSymbol)shape.Symbol);
    }

    private static void AnalyzeMembers(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        var constructor = ConstructorParser.Choose(type);
        var members = MemberParser.Properties(type)
            .Select(property => (Property: property, Parameter: constructor is null ? null : MemberParser.ParameterOf(property, constructor)))
            .Where(static member => MemberParser.IsStored(member.Property, member.Parameter))
            .Select(static member => (member.Property, Names: FormerNames.Of(member.Property, member.Parameter).ToList(), WireName: MemberParser.WireName(member.Property)))
            .ToList();
        foreach (var (property, names, _) in members)
        {
            foreach (var name in names)
            {
                var taken = members.FirstOrDefault(other => !SymbolEqualityComparer.Default.Equals(other.Property, property) && (other.WireName == name || other.Names.Contains(name)));
                if (taken.Property is not null)
                {
                    context.ReportDiagnostic(Diagnostic.Create(Rule, property.Locations[0], property.Name, name, taken.Property.Name));
                }
            }
        }
    }
}
