using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nagare.Analyzers;
using Nagare.Generators;

namespace Nagare.CodeFixes;

/// <summary>Where an explanation can be written.</summary>
/// <param name="Title">What the fix is called.</param>
/// <param name="Write">Writes it.</param>
internal sealed record ExplanationPlace(string Title, Func<SolutionEdits, CancellationToken, Task> Write);

/// <summary>Decides for each unexplained event of a project where its explanation belongs.</summary>
internal sealed class ExplanationPlaces
{
    private readonly Project _project;
    private readonly CompilationModel _model;
    private readonly ExplanationCoverage _coverage;

    private ExplanationPlaces(Project project, CompilationModel model, ExplanationCoverage coverage)
    {
        _project = project;
        _model = model;
        _coverage = coverage;
    }

    public static async Task<ExplanationPlaces> Of(Project project, CancellationToken cancellationToken)
    {
        var compilation = await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false);
        var model = CompilationModel.Of(compilation!).Value;
        return new ExplanationPlaces(project, model, ExplanationCoverage.Of(compilation!, model));
    }

    /// <summary>The place for an event under one of the fix's keys, or null where that would not help.</summary>
    public ExplanationPlace? For(INamedTypeSymbol e, string key, CancellationToken cancellationToken)
    {
        if (FamilyParser.BaseOf(e) is not { } family)
        {
            return null;
        }

        var explainers = _coverage.Explainers(family);
        var dispatching = explainers.FirstOrDefault(explainer => _model.Complete(explainer) is not null);
        return (key, dispatching, explainers.Count) switch
        {
            (MissingExplanationCodeFix.ExplainKey, not null, _) => InMethod(dispatching, e),
            (MissingExplanationCodeFix.ExplainKey, null, 0) => OnEvent(e, cancellationToken),
            // A switch that is written by hand is asked first, so a template on the event would change nothing.
            (MissingExplanationCodeFix.ExplainKey, null, _) => InSwitch(explainers[0], e, cancellationToken),
            (MissingExplanationCodeFix.TemplateKey, not null, _) => OnEvent(e, cancellationToken),
            _ => null,
        };
    }

    private ExplanationPlace InMethod(ExplainerReader explainer, INamedTypeSymbol e) => new(
        $"Explain '{e.Name}' in {explainer.Type.Name}",
        async (edits, cancellationToken) =>
        {
            var (document, syntax) = Declarations.ByHand(_project, explainer.Type, cancellationToken)
                .OrderByDescending(static part => part.Syntax.Members.OfType<MethodDeclarationSyntax>().Any(static member => member.Identifier.ValueText == "Explain"))
                .First();
            var name = await Declarations.NameInside(document, syntax, e, cancellationToken).ConfigureAwait(false);
            var result = await Declarations.NameInside(document, syntax, explainer.Contract.GetMembers("Explain").OfType<IMethodSymbol>().First().ReturnType, cancellationToken).ConfigureAwait(false);
            var method = $"{Modifiers(explainer, cancellationToken)}{result} Explain({name} e) => new({Arguments(e, "e")});";
            await edits.Change(document, syntax, type => DeclarationEdits.WithMethod(type, method), cancellationToken).ConfigureAwait(false);
        });

    private ExplanationPlace? OnEvent(INamedTypeSymbol e, CancellationToken cancellationToken)
    {
        var marked = e.FindAttribute(KnownNames.EventAttribute)?.ApplicationSyntaxReference?.SyntaxTree;
        var (document, syntax) = Declarations.ByHand(_project, e, cancellationToken).FirstOrDefault(part => part.Syntax.SyntaxTree == marked && part.Syntax.AttributeLists.Count > 0);
        if (document is null)
        {
            return null;
        }

        var holes = string.Join(", ", ScalarParser.Parse(e).Select(static scalar => $"{scalar.Words} {{{scalar.Property.TrimStart('@')}}}"));
        var summary = holes.Length == 0 ? "" : $", {SymbolDisplay.FormatLiteral(holes, quote: true)}";
        return new ExplanationPlace(
            $"Add [Explain] to '{e.Name}'",
            (edits, token) => edits.Change(
                document,
                syntax,
                type => DeclarationEdits.WithAttributeBeside(type, "Event", $"Explain({SymbolDisplay.FormatLiteral(Naming.Sentence(e.Name), quote: true)}{summary})"),
                token));
    }

    // Safe where the one switch over the event ends in a discard arm: ours goes in front of it.
    private ExplanationPlace? InSwitch(ExplainerReader explainer, INamedTypeSymbol e, CancellationToken cancellationToken)
    {
        foreach (var (document, syntax) in Declarations.ByHand(_project, explainer.Type, cancellationToken))
        {
            if (ExplainerSwitch.Find(syntax) is { } found)
            {
                return new ExplanationPlace($"Explain '{e.Name}' in {explainer.Type.Name}", async (edits, token) =>
                {
                    var name = await Declarations.NameInside(document, syntax, e, token).ConfigureAwait(false);
                    var variable = found.FreeName(Naming.Variable(e.Name));
                    await edits.Change(document, syntax, type => ExplainerSwitch.WithArm(type, $"{name} {variable} => new({Arguments(e, variable)})"), token).ConfigureAwait(false);
                });
            }
        }

        return null;
    }

    private static string Arguments(INamedTypeSymbol e, string variable)
    {
        var title = SymbolDisplay.FormatLiteral(Naming.Sentence(e.Name), quote: true);
        var members = string.Join(", ", ScalarParser.Parse(e).Select(scalar => $"{scalar.Words} {{{variable}.{scalar.Property}}}"));
        return members.Length == 0 ? title : $"{title}, $\"{members}\"";
    }

    // As the methods beside it are written.
    private static string Modifiers(ExplainerReader explainer, CancellationToken cancellationToken) =>
        explainer.Explains().Select(handler => handler.Method.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken)).LastOrDefault() is MethodDeclarationSyntax beside
            ? string.Concat(beside.Modifiers.Where(static modifier => !modifier.IsKind(SyntaxKind.AsyncKeyword)).Select(static modifier => modifier.ValueText + " "))
            : "private ";
}
