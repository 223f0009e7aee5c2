using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG2024: an enum that is stored by number. Whoever sorts its names later changes what is stored, and nothing notices.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NumberedEnumAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG2024";

    private const string NumberConverter = "JsonNumberEnumConverter";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "An enum is stored by number",
        "The member '{0}' of the event '{1}' stores the enum '{2}' by number: remove what asks for numbers, so that its names are stored",
        "Nagare.Evolution",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A number says nothing once the enum's names have been reordered or one was inserted: stored events would silently mean something else.",
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
        if (!EventParser.IsEvent(type) || FamilyParser.BaseOf(type) is not { } family)
        {
            return;
        }

        foreach (var (property, names) in Numbered(type, FamilyParser.JsonContext(family), new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default), context.CancellationToken))
        {
            var location = property.Locations.FirstOrDefault(static location => location.IsInSource) ?? type.Locations[0];
            context.ReportDiagnostic(Diagnostic.Create(Rule, location, property.Name, type.Name, names.Name));
        }
    }

    private static IEnumerable<(IPropertySymbol Property, INamedTypeSymbol Names)> Numbered(INamedTypeSymbol type, INamedTypeSymbol? context, HashSet<INamedTypeSymbol> met, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!met.Add(type))
        {
            yield break;
        }

        var constructor = ConstructorParser.Choose(type);
        foreach (var property in MemberParser.Properties(type))
        {
            if (SchemaMembers.Inside(property.Type) is not { } inside || !MemberParser.IsStored(property, constructor is null ? null : MemberParser.ParameterOf(property, constructor)))
            {
                continue;
            }

            if (inside.TypeKind != TypeKind.Enum)
            {
                if (ShapeParser.IsObject(inside))
                {
                    foreach (var nested in Numbered(inside, context, met, cancellationToken))
                    {
                        yield return nested;
                    }
                }
            }
            else if (AsksForNumbers(property) || AsksForNumbers(inside) || (context is not null && !MemberParser.HasOwnConverter(inside) && !EnumParser.CanBeCombined(inside) && EnumParser.IsNumbered(inside, context)))
            {
                yield return (property, inside);
            }
        }
    }

    private static bool AsksForNumbers(ISymbol symbol) =>
        symbol.FindAttribute(KnownNames.JsonConverterAttribute) is { ConstructorArguments: [{ Value: INamedTypeSymbol { Name: NumberConverter } }] };
}
