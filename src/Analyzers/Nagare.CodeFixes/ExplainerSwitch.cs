using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Nagare.CodeFixes;

/// <summary>The switch expression of an explainer that is written by hand.</summary>
internal sealed class ExplainerSwitch
{
    private readonly SwitchExpressionSyntax _switch;

    private ExplainerSwitch(SwitchExpressionSyntax found) => _switch = found;

    /// <summary>The switch, where <c>Explain</c> consists of exactly one over its event, ending in a discard arm; otherwise null.</summary>
    public static ExplainerSwitch? Find(TypeDeclarationSyntax type)
    {
        var switches =
            (from method in type.Members.OfType<MethodDeclarationSyntax>()
             where method.Identifier.ValueText == "Explain" && method.ParameterList.Parameters.Count > 0
             let body = method.ExpressionBody?.Expression ?? (method.Body?.Statements is [ReturnStatementSyntax only] ? only.Expression : null)
             let written = body as SwitchExpressionSyntax
             where written is { GoverningExpression: IdentifierNameSyntax governing, Arms: [.., { Pattern: DiscardPatternSyntax, WhenClause: null }] }
                 && governing.Identifier.ValueText == method.ParameterList.Parameters[0].Identifier.ValueText
             select written).ToList();
        return switches.Count == 1 ? new ExplainerSwitch(switches[0]) : null;
    }

    /// <summary>The type with one more arm in front of the discard.</summary>
    public static TypeDeclarationSyntax WithArm(TypeDeclarationSyntax type, string text)
    {
        if (Find(type) is not { _switch: var found })
        {
            return type;
        }

        var arm = ((SwitchExpressionSyntax)SyntaxFactory.ParseExpression($"e switch {{ {text} }}")).Arms[0];
        var discard = found.Arms.Last();
        arm = arm.WithLeadingTrivia(discard.GetLeadingTrivia()).WithAdditionalAnnotations(Formatter.Annotation);

        // A line of its own, as the arms before have.
        var separators = found.Arms.GetSeparators().ToList();
        var lineEnd = separators.Count > 0 ? separators[0].TrailingTrivia : SyntaxFactory.TriviaList(SyntaxFactory.ElasticMarker);
        separators.Insert(found.Arms.Count - 1, SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(lineEnd));
        var arms = new List<SwitchExpressionArmSyntax>(found.Arms);
        arms.Insert(arms.Count - 1, arm);
        return type.ReplaceNode(found, found.WithArms(SyntaxFactory.SeparatedList(arms, separators)));
    }

    /// <summary>The name itself, or with a number where the method uses it already.</summary>
    public string FreeName(string name)
    {
        var used = new HashSet<string>(_switch.Ancestors().OfType<MethodDeclarationSyntax>().First().DescendantTokens().Where(static token => token.IsKind(SyntaxKind.IdentifierToken)).Select(static token => token.ValueText));
        var free = name;
        for (var i = 2; used.Contains(free); i++)
        {
            free = name + i;
        }

        return free;
    }
}
