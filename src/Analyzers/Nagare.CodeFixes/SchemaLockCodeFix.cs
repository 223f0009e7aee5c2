using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Nagare.Analyzers;
using Nagare.Schema;

namespace Nagare.CodeFixes;

/// <summary>Fixes NAG2021, NAG2022 and NAG2023: adds an event to the lock, amends its entry, retires what is gone.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class SchemaLockCodeFix : CodeFixProvider
{
    /// <summary>Records the event as the code has it.</summary>
    public const string RecordKey = "Nagare.Schema.Record";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SchemaLockRules.RolloutId, SchemaLockRules.MissingId, SchemaLockRules.BehindId];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new FixEverywhere("Record every change in nagare.schema", Fix);

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (FoundChange.Of(diagnostic) is { } found)
            {
                var title = Title(found);
                context.RegisterCodeFix(CodeAction.Create(title, cancellationToken => Fix(context.Document.Project, [diagnostic], RecordKey, cancellationToken), RecordKey), diagnostic);
            }
        }

        return Task.CompletedTask;
    }

    private static string Title(FoundChange found) => found.Kind switch
    {
        ChangeKind.EventAdded or ChangeKind.PastEventAdded or ChangeKind.VersionBumpedWithUpcaster => $"Add '{found.Event}' to nagare.schema",
        ChangeKind.OptionalMemberRemoved or ChangeKind.RequiredMemberRemoved => $"Retire what is gone from '{found.Event}' in nagare.schema",
        _ => $"Record the change of '{found.Event}' in nagare.schema",
    };

    private static async Task<Solution> Fix(Project project, ImmutableArray<Diagnostic> diagnostics, string key, CancellationToken cancellationToken)
    {
        if (await SchemaLockDocument.Of(project, cancellationToken).ConfigureAwait(false) is not { } document)
        {
            return project.Solution;
        }

        var amended = document.Locked;
        foreach (var (family, name) in diagnostics.Select(FoundChange.Of).Where(static found => found is not null).Select(static found => (found!.Family, found.Event)).Distinct())
        {
            amended = name.Length == 0 ? SchemaUpdate.Families(amended, document.Current) : SchemaUpdate.Event(amended, document.Current, family, name);
        }

        return document.With(project.Solution, amended);
    }
}
