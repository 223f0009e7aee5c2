using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Nagare.CodeFixes;

/// <summary>Edits of many declarations in many documents, collected and then applied at once: a fix for one event and a fix for all are the same code.</summary>
internal sealed class SolutionEdits
{
    private readonly Dictionary<DocumentId, SyntaxEditor> _editors = [];

    /// <summary>Changes a type's declaration; several changes of one declaration add up.</summary>
    public Task Change(Document document, TypeDeclarationSyntax declaration, Func<TypeDeclarationSyntax, TypeDeclarationSyntax> change, CancellationToken cancellationToken) =>
        ChangeNode(document, declaration, current => change((TypeDeclarationSyntax)current), cancellationToken);

    /// <summary>Changes any node; several changes of one node add up, and so do those of a node inside it.</summary>
    public async Task ChangeNode(Document document, SyntaxNode node, Func<SyntaxNode, SyntaxNode> change, CancellationToken cancellationToken)
    {
        if (!_editors.TryGetValue(document.Id, out var editor))
        {
            var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
            editor = new SyntaxEditor(root!, document.Project.Solution.Services);
            _editors.Add(document.Id, editor);
        }

        editor.ReplaceNode(node, (current, _) => change(current));
    }

    /// <summary>The solution with all changes.</summary>
    public Solution Apply(Solution solution)
    {
        foreach (var pair in _editors)
        {
            solution = solution.WithDocumentSyntaxRoot(pair.Key, pair.Value.GetChangedRoot());
        }

        return solution;
    }
}
