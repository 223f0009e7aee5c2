using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Nagare.Analyzers;

namespace Nagare.CodeFixes;

/// <summary>Fixes NAG1001: writes the missing explanation into the family's explainer, or as a template onto the event.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MissingExplanationCodeFix : CodeFixProvider
{
    /// <summary>Writes it where the family's events are explained: the explainer, and where there is none, the event.</summary>
    public const string ExplainKey = "NAG1001.Explain";

    /// <summary>Writes it onto the event although an explainer could take it.</summary>
    public const string TemplateKey = "NAG1001.Template";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [MissingExplanationAnalyzer.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new FixEverywhere("Explain every event", Fix);

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var project = context.Document.Project;
        var places = await ExplanationPlaces.Of(project, context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (await Declarations.Underlined(project, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } e)
            {
                continue;
            }

            foreach (var key in new[] { ExplainKey, TemplateKey })
            {
                if (places.For(e, key, context.CancellationToken) is { } place)
                {
                    context.RegisterCodeFix(CodeAction.Create(place.Title, cancellationToken => Fix(project, [diagnostic], key, cancellationToken), key), diagnostic);
                }
            }
        }
    }

    private static async Task<Solution> Fix(Project project, ImmutableArray<Diagnostic> diagnostics, string key, CancellationToken cancellationToken)
    {
        var places = await ExplanationPlaces.Of(project, cancellationToken).ConfigureAwait(false);
        var edits = new SolutionEdits();
        foreach (var diagnostic in diagnostics)
        {
            if (await Declarations.Underlined(project, diagnostic, cancellationToken).ConfigureAwait(false) is { } e
                && places.For(e, key, cancellationToken) is { } place)
            {
                await place.Write(edits, cancellationToken).ConfigureAwait(false);
            }
        }

        return edits.Apply(project.Solution);
    }
}
