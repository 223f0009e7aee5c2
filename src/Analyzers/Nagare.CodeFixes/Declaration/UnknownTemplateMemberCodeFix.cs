using System.Composition;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nagare.Analyzers;

namespace Nagare.CodeFixes;

/// <summary>Fixes NAG0013: writes the one name that was probably meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class UnknownTemplateMemberCodeFix() : NodeFix(UnknownTemplateMemberAnalyzer.Id, "Write the names that were probably meant")
{
    private protected override NodeEdit? Edit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (!diagnostic.Properties.TryGetValue(UnknownTemplateMemberAnalyzer.NameProperty, out var name)
            || !diagnostic.Properties.TryGetValue(UnknownTemplateMemberAnalyzer.LikelyProperty, out var likely)
            || root.FindToken(diagnostic.Location.SourceSpan.Start).Parent is not LiteralExpressionSyntax literal)
        {
            return null;
        }

        var hole = root.GetText().ToString(diagnostic.Location.SourceSpan);
        return new NodeEdit($"Write '{likely}'", literal, node => With((LiteralExpressionSyntax)node, hole, Right(hole, name!, likely!)));
    }

    private static LiteralExpressionSyntax With(LiteralExpressionSyntax literal, string hole, string right) =>
        literal.WithToken(SyntaxFactory.ParseToken(literal.Token.Text.Replace(hole, right)).WithTriviaFrom(literal.Token));

    // The whole name in the path, and only the first that is unknown.
    private static string Right(string hole, string name, string likely)
    {
        var path = hole.Split([':'], 2);
        path[0] = string.Join(".", path[0].Split('.').Select(part => part.Trim('{', '}', ' ') == name ? part.Replace(name, likely) : part));
        return string.Join(":", path);
    }
}
