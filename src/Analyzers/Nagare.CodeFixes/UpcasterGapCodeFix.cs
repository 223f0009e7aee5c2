using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Nagare.Analyzers;
using Nagare.Generators;

namespace Nagare.CodeFixes;

/// <summary>Fixes NAG2001 on a past event that no upcaster takes: writes the upcaster to the next version that there is, as far as the records say it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class UpcasterGapCodeFix : CodeFixProvider
{
    /// <summary>Writes the upcaster.</summary>
    public const string WriteKey = "NAG2001.Write";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [UpcasterGapAnalyzer.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new FixEverywhere("Write an upcaster for every past event", Fix);

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics.Where(static diagnostic => diagnostic.Properties.ContainsKey(UpcasterGapAnalyzer.NoUpcasterProperty)))
        {
            context.RegisterCodeFix(CodeAction.Create("Write an upcaster from this past event", cancellationToken => Fix(context.Document.Project, [diagnostic], WriteKey, cancellationToken), WriteKey), diagnostic);
        }

        return Task.CompletedTask;
    }

    private static async Task<Solution> Fix(Project project, ImmutableArray<Diagnostic> diagnostics, string key, CancellationToken cancellationToken)
    {
        var compilation = await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false);
        var stored = StoredDeclarations.Of(compilation!.Assembly, cancellationToken);
        var edits = new TextEdits();
        foreach (var diagnostic in diagnostics)
        {
            if (await Declarations.Underlined(project, diagnostic, cancellationToken).ConfigureAwait(false) is { } past && Scaffold(past, compilation, stored, cancellationToken) is { } scaffold)
            {
                Write(edits, project, compilation, scaffold, cancellationToken);
            }
        }

        return await edits.Apply(project.Solution, cancellationToken).ConfigureAwait(false);
    }

    private static HistoryScaffold? Scaffold(INamedTypeSymbol past, Compilation compilation, StoredDeclarations stored, CancellationToken cancellationToken)
    {
        if (PastEventParser.Mark(past) is not { } mark || FamilyParser.StoredName(mark.Family) is not { } family)
        {
            return null;
        }

        var schema = new StoredDeclaration(family, mark.Name, mark.Version, past).Schema(cancellationToken);
        return schema is null ? null : new HistoryScaffold(schema, new HistoryTypes(schema, () => schema, compilation, mark.Family.ContainingNamespace), past, mark.Family, Next(past, mark, family, stored), cancellationToken);
    }

    // The record of the next version, whatever the name was then, or the event of today; null where the name is gone.
    private static INamedTypeSymbol? Next(INamedTypeSymbol past, PastEventParser.PastEventMark mark, string family, StoredDeclarations stored)
    {
        var names = new HashSet<string>(FormerNames.Of(past)) { mark.Name };
        return stored.All
            .Where(other => other.Family == family && other.Version > mark.Version && other.Symbol is INamedTypeSymbol)
            .Where(other => names.Contains(other.Name) || FormerNames.Of(other.Symbol).Any(names.Contains))
            .OrderBy(static other => other.Version)
            .Select(static other => (INamedTypeSymbol)other.Symbol)
            .FirstOrDefault();
    }

    // Where the family's upcasters stand already, or in a class for all of them behind the family.
    private static void Write(TextEdits edits, Project project, Compilation compilation, HistoryScaffold scaffold, CancellationToken cancellationToken)
    {
        if (Upcasters(compilation, scaffold, cancellationToken) is { } known && Declarations.ByHand(project, known, cancellationToken).FirstOrDefault() is { Document: { } place, Syntax: { CloseBraceToken.IsMissing: false } upcasters })
        {
            edits.Insert(place.Id, upcasters.CloseBraceToken.FullSpan.Start, (upcasters.Members.Count > 0 ? "\n" : "") + scaffold.Upcaster());
        }
        else if (Declarations.ByHand(project, scaffold.Family, cancellationToken).FirstOrDefault() is { Document: { } file, Syntax: { } family })
        {
            edits.Wrap(file.Id, family.FullSpan.End, $"\ninternal static class {scaffold.UpcastersName}\n{{\n", scaffold.Upcaster(), "}\n");
        }
    }

    // Of the same namespace, because the upcaster names its types as they are named there.
    private static INamedTypeSymbol? Upcasters(Compilation compilation, HistoryScaffold scaffold, CancellationToken cancellationToken)
    {
        var beside = AssemblyTypes.Of(compilation.Assembly, cancellationToken).Where(type => type.ContainingType is null && SymbolEqualityComparer.Default.Equals(type.ContainingNamespace, scaffold.Family.ContainingNamespace)).ToList();
        return beside.FirstOrDefault(type => type.Name == scaffold.UpcastersName)
            ?? beside.FirstOrDefault(type => type.GetMembers().OfType<IMethodSymbol>().Any(method => UpcasterReader.TryRead(method) is { Problem: null } upcaster && SymbolEqualityComparer.Default.Equals(upcaster.Family, scaffold.Family)));
    }
}
