using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nagare.Analyzers;
using Nagare.Schema;

namespace Nagare.CodeFixes;

/// <summary>Fixes NAG2026: puts the former name on what was renamed, or retires it where the new one is another member.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class FormerNameCodeFix : CodeFixProvider
{
    /// <summary>Adds <c>[FormerName]</c>.</summary>
    public const string FormerNameKey = "NAG2026.FormerName";

    /// <summary>Retires the old name: the new one is another member.</summary>
    public const string RetireKey = "NAG2026.Retire";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SchemaLockRules.RenameId];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new FixEverywhere("Record every former name", Fix);

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (FoundChange.Of(diagnostic) is { FormerName: { } former } found)
            {
                Register(context, diagnostic, $"It was called '{former}': read it under that name too", FormerNameKey);
                if (found.Kind == ChangeKind.MemberRenamed)
                {
                    Register(context, diagnostic, $"It is another member: retire '{former}' in nagare.schema", RetireKey);
                }
            }
        }

        return Task.CompletedTask;
    }

    private static void Register(CodeFixContext context, Diagnostic diagnostic, string title, string key) =>
        context.RegisterCodeFix(CodeAction.Create(title, cancellationToken => Fix(context.Document.Project, [diagnostic], key, cancellationToken), key), diagnostic);

    private static async Task<Solution> Fix(Project project, ImmutableArray<Diagnostic> diagnostics, string key, CancellationToken cancellationToken)
    {
        if (key == RetireKey)
        {
            return await Retire(project, diagnostics, cancellationToken).ConfigureAwait(false);
        }

        var edits = new TextEdits();
        foreach (var diagnostic in diagnostics)
        {
            if (FoundChange.Of(diagnostic) is { FormerName: { } former } && project.GetDocument(diagnostic.Location.SourceTree) is { } document)
            {
                await AddFormerName(edits, document, diagnostic.Location, former, cancellationToken).ConfigureAwait(false);
            }
        }

        return await edits.Apply(project.Solution, cancellationToken).ConfigureAwait(false);
    }

    private static async Task AddFormerName(TextEdits edits, Document document, Location location, string former, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var semantics = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var declaration = root!.FindNode(location.SourceSpan).FirstAncestorOrSelf<SyntaxNode>(static node => node is ParameterSyntax or MemberDeclarationSyntax);
        if (declaration is null)
        {
            return;
        }

        var isInScope = semantics!.LookupNamespacesAndTypes(declaration.SpanStart, name: "FormerNameAttribute").Any();
        var attribute = $"[{(isInScope ? "" : "Nagare.")}FormerName({SymbolDisplay.FormatLiteral(former, quote: true)})]";
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var line = text.Lines.GetLineFromPosition(declaration.SpanStart).ToString();
        var indent = line.Substring(0, line.Length - line.TrimStart().Length);

        // A parameter and what stands on a line with others keep their line.
        var isAlone = declaration is not (ParameterSyntax or EnumMemberDeclarationSyntax) && line.TrimStart().StartsWith("[", System.StringComparison.Ordinal) && !line.Contains("] public") && !line.Contains("] internal");
        edits.Insert(document.Id, declaration.SpanStart, isAlone ? $"{attribute}\n{indent}" : $"{attribute} ");
    }

    private static async Task<Solution> Retire(Project project, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        if (await SchemaLockDocument.Of(project, cancellationToken).ConfigureAwait(false) is not { } document)
        {
            return project.Solution;
        }

        var amended = document.Locked;
        foreach (var found in diagnostics.Select(FoundChange.Of).Where(static found => found is { Kind: ChangeKind.MemberRenamed, FormerName: not null }))
        {
            amended = SchemaUpdate.RetireMember(amended, found!.Family, found.Event, found.Version, found.FormerName!);
        }

        return document.With(project.Solution, amended);
    }
}
