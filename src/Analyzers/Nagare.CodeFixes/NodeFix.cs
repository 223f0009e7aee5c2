using System;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Nagare.CodeFixes;

/// <summary>A fix that changes the node at the finding, alone or everywhere, by the same code.</summary>
public abstract class NodeFix : CodeFixProvider
{
    private readonly string _everywhere;

    private protected NodeFix(string id, string everywhere)
    {
        FixableDiagnosticIds = [id];
        _everywhere = everywhere;
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    private string Key => FixableDiagnosticIds[0] + ".Fix";

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => new FixEverywhere(_everywhere, (project, diagnostics, _, cancellationToken) => Fix(project, diagnostics, cancellationToken));

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (await Find(context.Document.Project, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } edit)
            {
                context.RegisterCodeFix(CodeAction.Create(edit.Title, cancellationToken => Fix(context.Document.Project, [diagnostic], cancellationToken), Key), diagnostic);
            }
        }
    }

    /// <summary>What to change for a finding, or null where no machine can know.</summary>
    private protected abstract NodeEdit? Edit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken);

    private async Task<NodeEdit?> Find(Project project, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (project.GetDocument(diagnostic.Location.SourceTree) is not { } document)
        {
            return null;
        }

        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var semantics = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        return Edit(root!, semantics!, diagnostic, cancellationToken);
    }

    private async Task<Solution> Fix(Project project, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var edits = new SolutionEdits();
        foreach (var diagnostic in diagnostics)
        {
            if (await Find(project, diagnostic, cancellationToken).ConfigureAwait(false) is { } edit && project.GetDocument(edit.Node.SyntaxTree) is { } document)
            {
                await edits.ChangeNode(document, edit.Node, edit.Change, cancellationToken).ConfigureAwait(false);
            }
        }

        return edits.Apply(project.Solution);
    }
}

/// <summary>A change of one node.</summary>
/// <param name="Title">What the editor offers.</param>
/// <param name="Node">The node.</param>
/// <param name="Change">What becomes of it.</param>
internal sealed record NodeEdit(string Title, SyntaxNode Node, Func<SyntaxNode, SyntaxNode> Change);
