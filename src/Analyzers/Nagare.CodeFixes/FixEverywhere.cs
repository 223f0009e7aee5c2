using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Nagare.CodeFixes;

/// <summary>Fixes findings of one project, in whatever documents that takes.</summary>
internal delegate Task<Solution> ProjectFix(Project project, ImmutableArray<Diagnostic> diagnostics, string key, CancellationToken cancellationToken);

/// <summary>
/// Fixes a document, a project or a solution. The stock provider merges what each fix makes of one document; ours write several
/// members into one place of another document, where a merge loses or shuffles them.
/// </summary>
internal sealed class FixEverywhere(string title, ProjectFix fix) : FixAllProvider
{
    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    public override Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext) =>
        Task.FromResult<CodeAction?>(CodeAction.Create(title, cancellationToken => Fix(fixAllContext.WithCancellationToken(cancellationToken)), fixAllContext.CodeActionEquivalenceKey));

    private async Task<Solution> Fix(FixAllContext context)
    {
        var solution = context.Solution;
        var projects = context.Scope == FixAllScope.Solution ? solution.Projects.Where(static project => project.Language == LanguageNames.CSharp) : [context.Project];
        foreach (var project in projects)
        {
            var diagnostics = context is { Scope: FixAllScope.Document, Document: { } document }
                ? await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)
                : await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
            if (diagnostics.Length > 0)
            {
                solution = await fix(solution.GetProject(project.Id)!, diagnostics, context.CodeActionEquivalenceKey ?? "", context.CancellationToken).ConfigureAwait(false);
            }
        }

        return solution;
    }
}
