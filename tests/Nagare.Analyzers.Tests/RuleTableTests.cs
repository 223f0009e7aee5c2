using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nagare.Analyzers.Tests;

/// <summary>The code, the table of releases, the help pages and their index say the same.</summary>
public class RuleTableTests
{
    private static readonly DiagnosticDescriptor[] Rules =
        [.. typeof(MissingExplanationAnalyzer).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<DiagnosticAnalyzerAttribute>() is not null)
            .SelectMany(type => ((DiagnosticAnalyzer)Activator.CreateInstance(type)!).SupportedDiagnostics)
            .OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    public static TheoryData<string> Ids => [.. Rules.Select(rule => rule.Id)];

    [Fact]
    public void No_id_is_given_twice() => Assert.Equal(Rules.Length, Rules.DistinctBy(rule => rule.Id).Count());

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_rule_has_a_page_to_which_its_help_link_leads(string id)
    {
        var rule = Rules.Single(rule => rule.Id == id);
        var page = File.ReadAllText(Checkout.File(rule.HelpLinkUri));
        Assert.StartsWith($"# {id}: {rule.Title}\n", page);
    }

    [Fact]
    public void No_page_is_left_of_a_rule_that_is_gone() => Assert.Equal(
        Rules.Select(rule => rule.Id),
        Directory.GetFiles(Checkout.File("docs", "analyzers"), "NAG*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Fact]
    public void The_index_lists_every_rule_and_no_other() => Assert.Equal(
        Rules.Select(rule => $"| [{rule.Id}]({rule.Id}.md) | {rule.Title} | {rule.DefaultSeverity} |"),
        File.ReadLines(Checkout.File("docs", "analyzers", "README.md")).Where(line => line.StartsWith("| [NAG", StringComparison.Ordinal)));

    [Fact]
    public void The_tables_of_releases_list_every_rule_and_no_other()
    {
        var folder = Checkout.File("src", "Analyzers", "Nagare.Analyzers");
        var lines = File.ReadLines(Path.Combine(folder, "AnalyzerReleases.Shipped.md")).Concat(File.ReadLines(Path.Combine(folder, "AnalyzerReleases.Unshipped.md")));
        Assert.Equal(
            Rules.Select(rule => $"{rule.Id} | {rule.Category} | {rule.DefaultSeverity}"),
            lines.Where(line => line.StartsWith("NAG", StringComparison.Ordinal)).Select(line => string.Join('|', line.Split('|').Take(3)).TrimEnd()).Order(StringComparer.Ordinal));
    }
}
