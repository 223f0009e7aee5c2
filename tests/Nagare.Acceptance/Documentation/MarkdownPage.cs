using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nagare.Acceptance.Documentation;

/// <summary>A page of the documentation, cut into its fenced blocks.</summary>
/// <param name="Name">Its path from the repository's root.</param>
/// <param name="Uses">The page whose declarations this one builds on, or null.</param>
/// <param name="Fences">Its blocks.</param>
internal sealed partial record MarkdownPage(string Name, string? Uses, IReadOnlyList<Fence> Fences)
{
    /// <summary>The page's own project: the declarations it builds on, then its snippets.</summary>
    public IReadOnlyList<Fence> Project(string repository) =>
        [.. Uses is null ? [] : Read(repository, Path.Combine(repository, Path.GetDirectoryName(Name)!, Uses)).Declarations, .. Fences.Where(fence => fence.IsCSharp && !fence.IsAlone)];

    private IEnumerable<Fence> Declarations => Fences.Where(fence => fence.IsCSharp && !fence.IsAlone && !fence.HasStatements);

    public override string ToString() => Name;

    public static MarkdownPage Read(string repository, string file)
    {
        var lines = File.ReadAllLines(file);
        var fences = new List<Fence>();
        string? given = null;
        string? uses = null;
        for (var i = 0; i < lines.Length; i++)
        {
            if (Given().Match(lines[i]) is { Success: true } match)
            {
                given = match.Groups["parameters"].Value;
            }
            else if (UsesPage().Match(lines[i]) is { Success: true } other)
            {
                uses = other.Groups["page"].Value;
            }
            else if (lines[i] == "<!-- context")
            {
                // What a reader takes for granted: compiled with the snippets, not shown.
                var end = Array.IndexOf(lines, "-->", i);
                fences.Add(new Fence("csharp", string.Join('\n', lines[(i + 1)..end]), i + 2, Given: null, FollowsDirectly: false));
                i = end;
            }
            else if (lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                var start = i + 1;
                var end = Array.FindIndex(lines, start, line => line.StartsWith("```", StringComparison.Ordinal));
                Assert.True(end >= start, $"{file}({i + 1}): the block is never closed");
                fences.Add(new Fence(lines[i][3..].Trim(), string.Join('\n', lines[start..end]), start + 1, given, FollowsDirectly(lines, i, fences)));
                given = null;
                i = end;
            }
        }

        return new MarkdownPage(Path.GetRelativePath(repository, file), uses, fences);
    }

    // "Prints:" or an empty line may stand between a snippet and what it prints.
    private static bool FollowsDirectly(string[] lines, int fenceLine, List<Fence> before)
    {
        if (before.Count == 0)
        {
            return false;
        }

        var previousEnd = before[^1].Line + before[^1].Text.Split('\n').Length;
        return lines[previousEnd..fenceLine].All(line => line.Trim() is "" or "prints" or "prints:" or "Prints:" or "It prints:");
    }

    [GeneratedRegex("^<!-- given: (?<parameters>.*) -->$")]
    private static partial Regex Given();

    [GeneratedRegex("^<!-- uses: (?<page>.*) -->$")]
    private static partial Regex UsesPage();
}

/// <summary>One fenced block.</summary>
/// <param name="Info">What stands behind the opening fence: "csharp", "csharp alone", "text", "sh".</param>
/// <param name="Text">What it holds.</param>
/// <param name="Line">The page's line of its first line of text, from 1.</param>
/// <param name="Given">The parameters that a comment above it says it may use; null for none.</param>
/// <param name="FollowsDirectly">Whether nothing but an empty line, or "prints:", stands between it and the block before.</param>
internal sealed record Fence(string Info, string Text, int Line, string? Given, bool FollowsDirectly)
{
    public bool IsCSharp => Info is "csharp" or "csharp alone";

    /// <summary>Whether it is statements rather than declarations only.</summary>
    public bool HasStatements => CSharpSyntaxTree.ParseText(Text).GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any();

    public bool IsAlone => Info is "csharp alone";
}
