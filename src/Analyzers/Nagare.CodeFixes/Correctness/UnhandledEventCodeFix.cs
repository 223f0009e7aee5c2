using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nagare.Analyzers;
using Nagare.Generators;

namespace Nagare.CodeFixes;

/// <summary>Fixes NAG1002: adds an <c>Apply</c> method that changes nothing yet, or says that the event is ignored.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class UnhandledEventCodeFix : CodeFixProvider
{
    /// <summary>Adds an <c>Apply</c> method.</summary>
    public const string ApplyKey = "NAG1002.Apply";

    /// <summary>Adds <c>[Ignores&lt;TEvent&gt;]</c>.</summary>
    public const string IgnoreKey = "NAG1002.Ignore";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [UnhandledEventAnalyzer.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new FixEverywhere("Handle every event", Fix);

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (await Find(context.Document.Project, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } finding)
            {
                Register(context, diagnostic, $"Apply '{finding.Event.Name}'", ApplyKey);
                Register(context, diagnostic, $"Ignore '{finding.Event.Name}'", IgnoreKey);
            }
        }
    }

    private static void Register(CodeFixContext context, Diagnostic diagnostic, string title, string key) =>
        context.RegisterCodeFix(CodeAction.Create(title, cancellationToken => Fix(context.Document.Project, [diagnostic], key, cancellationToken), key), diagnostic);

    private static async Task<Solution> Fix(Project project, ImmutableArray<Diagnostic> diagnostics, string key, CancellationToken cancellationToken)
    {
        var edits = new SolutionEdits();
        foreach (var diagnostic in diagnostics)
        {
            if (await Find(project, diagnostic, cancellationToken).ConfigureAwait(false) is { } finding)
            {
                await (key == ApplyKey ? AddApply(project, finding, edits, cancellationToken) : AddIgnores(project, finding, edits, cancellationToken)).ConfigureAwait(false);
            }
        }

        return edits.Apply(project.Solution);
    }

    private static async Task<Finding?> Find(Project project, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var compilation = await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false);
        var type = await Declarations.Underlined(project, diagnostic, cancellationToken).ConfigureAwait(false);
        return type is not null
            && AggregateReader.TryRead(type) is { } aggregate
            && diagnostic.Properties.TryGetValue(UnhandledEventAnalyzer.EventProperty, out var id)
            && id is not null
            && DocumentationCommentId.GetFirstSymbolForDeclarationId(id, compilation!) is INamedTypeSymbol e
                ? new Finding(aggregate, e)
                : null;
    }

    private static async Task AddApply(Project project, Finding finding, SolutionEdits edits, CancellationToken cancellationToken)
    {
        var aggregate = finding.Aggregate;
        var earlier = aggregate.Applies().Select(static handler => handler.Method).LastOrDefault(static method => !method.IsStatic);
        var (document, syntax) = Part(project, aggregate, "Apply", cancellationToken);
        var e = await Declarations.NameInside(document, syntax, finding.Event, cancellationToken).ConfigureAwait(false);
        var isVoid = earlier?.ReturnsVoid ?? !aggregate.Type.IsRecord;
        var accessibility = earlier is null ? "private " : WrittenModifiers(earlier, cancellationToken);
        var method = isVoid ? $"{accessibility}void Apply({e} e)\n{{\n}}" : $"{accessibility}{aggregate.Type.Name} Apply({e} e) => this;";
        await edits.Change(document, syntax, type => DeclarationEdits.WithMethod(type, method), cancellationToken).ConfigureAwait(false);
    }

    private static async Task AddIgnores(Project project, Finding finding, SolutionEdits edits, CancellationToken cancellationToken)
    {
        var marked = finding.Aggregate.Attribute.ApplicationSyntaxReference?.SyntaxTree;
        var (document, syntax) = Declarations.ByHand(project, finding.Aggregate.Type, cancellationToken).First(part => part.Syntax.SyntaxTree == marked && part.Syntax.AttributeLists.Count > 0);
        var semantics = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var e = finding.Event.ToMinimalDisplayString(semantics!, syntax.AttributeLists[0].SpanStart);
        await edits.Change(document, syntax, type => DeclarationEdits.WithAttributeBehind(type, "Aggregate", "Ignores", $"Ignores<{e}>"), cancellationToken).ConfigureAwait(false);
    }

    // The part that holds such methods already, otherwise the one that is marked.
    private static (Document Document, TypeDeclarationSyntax Syntax) Part(Project project, AggregateReader aggregate, string method, CancellationToken cancellationToken)
    {
        var marked = aggregate.Attribute.ApplicationSyntaxReference?.SyntaxTree;
        return Declarations.ByHand(project, aggregate.Type, cancellationToken)
            .OrderByDescending(part => part.Syntax.Members.OfType<MethodDeclarationSyntax>().Any(member => member.Identifier.ValueText == method))
            .ThenByDescending(part => part.Syntax.SyntaxTree == marked)
            .First();
    }

    private static string WrittenModifiers(IMethodSymbol method, CancellationToken cancellationToken) =>
        method.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken) is MethodDeclarationSyntax { Modifiers: { Count: > 0 } modifiers } ? $"{modifiers} " : "";

    private sealed record Finding(AggregateReader Aggregate, INamedTypeSymbol Event);
}
