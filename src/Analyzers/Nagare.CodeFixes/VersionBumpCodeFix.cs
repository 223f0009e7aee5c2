using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nagare.Analyzers;
using Nagare.Generators;
using Nagare.Schema;

namespace Nagare.CodeFixes;

/// <summary>Fixes NAG2020, and NAG2001 where the lock has the missing version: gives the event its next version and writes the history record and the upcaster from what is locked.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class VersionBumpCodeFix : CodeFixProvider
{
    /// <summary>Bumps the version.</summary>
    public const string BumpKey = "NAG2020.Bump";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SchemaLockRules.BreakId, UpcasterGapAnalyzer.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new FixEverywhere("Keep every old shape readable", Fix);

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var project = context.Document.Project;
        var document = await SchemaLockDocument.Of(project, context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (FoundChange.Of(diagnostic) is { Kind: ChangeKind.VersionLowered } lowered)
            {
                context.RegisterCodeFix(CodeAction.Create($"Give '{lowered.Event}' its version {lowered.Version} back", cancellationToken => Fix(project, [diagnostic], BumpKey, cancellationToken), BumpKey), diagnostic);
            }
            else if (document is not null && FoundChange.Of(diagnostic) is { } found && Scaffold(document, [], found, context.CancellationToken) is { } scaffold)
            {
                var title = found.Kind is ChangeKind.EventRemoved or ChangeKind.VersionBumpedWithoutUpcaster
                    ? $"Keep {scaffold.RecordName} as history, with an upcaster"
                    : $"Bump the version of '{found.Event}', keep {scaffold.RecordName} as history, with an upcaster";
                context.RegisterCodeFix(CodeAction.Create(title, cancellationToken => Fix(project, [diagnostic], BumpKey, cancellationToken), BumpKey), diagnostic);
            }
        }
    }

    private static async Task<Solution> Fix(Project project, ImmutableArray<Diagnostic> diagnostics, string key, CancellationToken cancellationToken)
    {
        if (await SchemaLockDocument.Of(project, cancellationToken).ConfigureAwait(false) is not { } document)
        {
            return project.Solution;
        }

        var edits = new TextEdits();
        var types = new Dictionary<INamespaceSymbol, HistoryTypes>(SymbolEqualityComparer.Default);
        foreach (var found in diagnostics.Select(FoundChange.Of).Where(static found => found is not null).GroupBy(static found => (found!.Family, found.Event, found.Version)).Select(static same => same.First()!))
        {
            if (found.Kind == ChangeKind.VersionLowered)
            {
                if (Today(document, found) is { Symbol: INamedTypeSymbol lowered })
                {
                    Bump(edits, project, lowered, found.Version, cancellationToken);
                }

                continue;
            }

            if (Scaffold(document, types, found, cancellationToken) is not { } scaffold)
            {
                continue;
            }

            if (Today(document, found) is { } e && e.Version == found.Version)
            {
                Bump(edits, project, (INamedTypeSymbol)e.Symbol, found.Version + 1, cancellationToken);
            }

            Write(edits, project, document, scaffold, cancellationToken);
        }

        return await edits.Apply(project.Solution, cancellationToken).ConfigureAwait(false);
    }

    // Only where nothing in the code reads that version as history yet.
    private static HistoryScaffold? Scaffold(SchemaLockDocument document, Dictionary<INamespaceSymbol, HistoryTypes> types, FoundChange found, CancellationToken cancellationToken)
    {
        var today = Today(document, found);
        var family = today is { Symbol: INamedTypeSymbol e } ? FamilyParser.BaseOf(e) : FamilyOf(document, found.Family);
        if (family is null || Locked(document, found, family, today) is not { } old || document.Stored.Versions(found.Family, found.Event).Any(stored => stored.Version == found.Version && !stored.IsToday))
        {
            return null;
        }

        if (!types.TryGetValue(family.ContainingNamespace, out var known))
        {
            types.Add(family.ContainingNamespace, known = new HistoryTypes(document.Locked, () => document.Current, document.Compilation, family.ContainingNamespace));
        }

        return new HistoryScaffold(document, known, old, family, today?.Symbol as INamedTypeSymbol, cancellationToken);
    }

    // Under the names of today, or those from which they were renamed.
    private static SchemaEvent? Locked(SchemaLockDocument document, FoundChange found, INamedTypeSymbol family, StoredDeclaration? today) =>
        (from known in FormerNames.Of(family).Prepend(found.Family)
         from name in (today is null ? [] : FormerNames.Of(today.Symbol)).Prepend(found.Event)
         select document.Locked.Event(known, name, found.Version)).FirstOrDefault(static old => old is not null);

    private static StoredDeclaration? Today(SchemaLockDocument document, FoundChange found) =>
        document.Stored.Versions(found.Family, found.Event).FirstOrDefault(static stored => stored.IsToday);

    private static INamedTypeSymbol? FamilyOf(SchemaLockDocument document, string family) =>
        AssemblyTypes.Of(document.Compilation.Assembly, CancellationToken.None).FirstOrDefault(type => FamilyParser.StoredName(type) == family);

    private static void Bump(TextEdits edits, Project project, INamedTypeSymbol e, int version, CancellationToken cancellationToken)
    {
        if (e.FindAttribute(KnownNames.EventAttribute)?.ApplicationSyntaxReference is not { } reference
            || reference.GetSyntax(cancellationToken) is not AttributeSyntax attribute
            || project.GetDocument(reference.SyntaxTree) is not { } document)
        {
            return;
        }

        var number = version.ToString(CultureInfo.InvariantCulture);
        if (attribute.ArgumentList is not { Arguments: { Count: > 0 } arguments })
        {
            edits.Replace(document.Id, attribute.ArgumentList?.Span ?? new Microsoft.CodeAnalysis.Text.TextSpan(attribute.Name.Span.End, 0), $"(Version = {number})");
        }
        else if (arguments.FirstOrDefault(static argument => argument.NameEquals?.Name.Identifier.ValueText == "Version") is { } written)
        {
            edits.Replace(document.Id, written.Expression.Span, number);
        }
        else
        {
            edits.Insert(document.Id, arguments.Last().Span.End, $", Version = {number}");
        }
    }

    // Behind the family: the record, and the upcaster in the family's class of upcasters.
    private static void Write(TextEdits edits, Project project, SchemaLockDocument document, HistoryScaffold scaffold, CancellationToken cancellationToken)
    {
        if (Declarations.ByHand(project, scaffold.Family, cancellationToken).FirstOrDefault() is not { Document: { } file, Syntax: { } family })
        {
            return;
        }

        var known = scaffold.Family.ContainingNamespace.GetTypeMembers(scaffold.UpcastersName).FirstOrDefault();
        if (known is not null && Declarations.ByHand(project, known, cancellationToken).FirstOrDefault() is { Document: { } place, Syntax: { } upcasters })
        {
            edits.Insert(file.Id, place.Id == file.Id && upcasters.SpanStart > family.SpanStart ? upcasters.FullSpan.Start : family.FullSpan.End, "\n" + scaffold.Record());
            edits.Insert(place.Id, upcasters.CloseBraceToken.FullSpan.Start, "\n" + scaffold.Upcaster());
            return;
        }

        edits.Insert(file.Id, family.FullSpan.End, "\n" + scaffold.Record());

        // One class for all upcasters of a family that this fix writes.
        edits.Wrap(file.Id, family.FullSpan.End, $"\ninternal static class {scaffold.UpcastersName}\n{{\n", scaffold.Upcaster(), "}\n");
    }
}
