using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>NAG0013: a misspelt hole is read by whoever is woken at night.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnknownTemplateMemberAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "NAG0013";

    /// <summary>The property of a diagnostic that holds the name as written.</summary>
    public const string NameProperty = "Name";

    /// <summary>The property of a diagnostic that holds the name that was probably meant.</summary>
    public const string LikelyProperty = "Likely";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "An explanation names an unknown member",
        "'{0}' has no public member '{1}', so '{2}' stays in the explanation as it stands here{3}",
        RuleCategories.Declaration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A hole of a template names a public property of the event, or a property of a property. What names none is printed with its braces.",
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
        if (type.FindAttribute(KnownNames.ExplainAttribute) is not { } attribute || FamilyParser.BaseOf(type) is null)
        {
            return;
        }

        var syntax = attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken);
        foreach (var text in Texts(attribute).Distinct())
        {
            foreach (var unknown in TemplateParser.UnknownIn(type, text))
            {
                var likely = unknown.Owner is { } owner ? Spelling.Closest(unknown.Name, MemberParser.Properties(owner).Select(static property => property.Name)) : null;
                context.ReportDiagnostic(Diagnostic.Create(
                    Rule,
                    Place(syntax, text, unknown.Hole) ?? Places.Of(attribute, type, context.CancellationToken),
                    likely is null ? ImmutableDictionary<string, string?>.Empty : ImmutableDictionary<string, string?>.Empty.Add(NameProperty, unknown.Name).Add(LikelyProperty, likely),
                    (unknown.Owner ?? type).Name,
                    unknown.Name,
                    unknown.Hole,
                    likely is null ? "" : $"; did you mean {likely}?"));
            }
        }
    }

    private static IEnumerable<string> Texts(AttributeData attribute) =>
        attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(static argument => argument.Value))
            .SelectMany(static value => value.Kind != TypedConstantKind.Array ? [value] : value.IsNull ? [] : value.Values)
            .Select(static value => value.Value)
            .OfType<string>();

    // The hole inside the one literal that holds it; a template put together from constants is shown as a whole.
    private static Location? Place(SyntaxNode? attribute, string text, string hole)
    {
        var literal = attribute?.DescendantTokens().FirstOrDefault(token => token.Value is string value && value == text) ?? default;
        var at = literal.SyntaxTree is null ? -1 : literal.Text.IndexOf(hole, StringComparison.Ordinal);
        return at < 0 ? null : Location.Create(literal.SyntaxTree!, new TextSpan(literal.SpanStart + at, hole.Length));
    }
}
