using System.Composition;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nagare.Analyzers;

namespace Nagare.CodeFixes;

/// <summary>Fixes NAG1007: adds the model where the application is told of its models.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class UnregisteredModelCodeFix() : NodeFix(UnregisteredModelAnalyzer.Id, "Add every model that is used")
{
    private protected override NodeEdit? Edit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (!diagnostic.Properties.TryGetValue(UnregisteredModelAnalyzer.ModelProperty, out var model)
            || model is null
            || root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call
            || call.ArgumentList.Arguments.Select(static argument => argument.Expression).OfType<LambdaExpressionSyntax>().FirstOrDefault() is not { } lambda
            || Builder(lambda) is not { } builder)
        {
            return null;
        }

        // In front of the first call on the builder: the chain goes on as it was.
        var first = lambda.Body.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().FirstOrDefault(name => name.Identifier.ValueText == builder);
        var name = first is null ? null
            : semantics.GetSpeculativeTypeInfo(first.SpanStart, SyntaxFactory.ParseTypeName(model), SpeculativeBindingOption.BindAsTypeOrNamespace).Type?.ToMinimalDisplayString(semantics, first.SpanStart);
        return name is null
            ? null
            : new NodeEdit($"Add '{name}'", first!, node => SyntaxFactory.ParseExpression($"{node.WithoutTrivia()}.AddModel<{name}>()").WithTriviaFrom(node));
    }

    private static string? Builder(LambdaExpressionSyntax lambda) => lambda switch
    {
        SimpleLambdaExpressionSyntax simple => simple.Parameter.Identifier.ValueText,
        ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: [var only] } => only.Identifier.ValueText,
        _ => null,
    };
}
