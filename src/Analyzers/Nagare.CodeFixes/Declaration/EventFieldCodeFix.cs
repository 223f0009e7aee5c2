using System.Composition;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nagare.Analyzers;

namespace Nagare.CodeFixes;

/// <summary>Fixes NAG0005: makes a property with <c>init</c> of a field.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class EventFieldCodeFix() : NodeFix(EventFieldAnalyzer.Id, "Make a property of every public field of events")
{
    private protected override NodeEdit? Edit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<FieldDeclarationSyntax>() is { Declaration.Variables: [var variable] } field
            ? new NodeEdit($"Make '{variable.Identifier.ValueText}' a property", field, static field => Property((FieldDeclarationSyntax)field))
            : null;

    // Several names in one declaration would need several properties; nobody writes events so.
    private static PropertyDeclarationSyntax Property(FieldDeclarationSyntax field)
    {
        var variable = field.Declaration.Variables[0];
        var modifiers = string.Concat(field.Modifiers.Where(static modifier => !modifier.IsKind(SyntaxKind.ReadOnlyKeyword)).Select(static modifier => modifier.ValueText + " "));
        var initializer = variable.Initializer is { } value ? $" = {value.Value};" : "";
        return ((PropertyDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"{modifiers}{field.Declaration.Type} {variable.Identifier} {{ get; init; }}{initializer}")!)
            .WithAttributeLists(field.AttributeLists)
            .WithTriviaFrom(field);
    }
}
