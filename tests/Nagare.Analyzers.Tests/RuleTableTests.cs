using Microsoft.CodeAnalysis;

namespace Nagare.Analyzers.Tests;

/// <summary>The code, the table of releases, the help pages and their index say the same.</summary>
public class RuleTableTests
{
    private static readonly DiagnosticDescriptor[] Rules = [.. AllRules.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).OrderBy(rule => rule.Id, StringComparer.Ordinal)];

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

    [Fact]
    public void Every_rule_is_of_one_of_the_four_categories() =>
        Assert.All(Rules, rule => Assert.Contains(rule.Category, (string[])["Declaration", "Evolution", "Purity", "Correctness"]));

    // NAGARE_ACCEPT_GOLDEN=1 writes them.
    [Theory]
    [InlineData("default", "every rule as it comes: errors are certain to fail, warnings are mistakes that run, suggestions are advice")]
    [InlineData("strict", "for a build that takes no chances: warnings fail it, advice is a warning")]
    public void The_presets_set_every_rule_and_no_other(string name, string purpose)
    {
        var file = Checkout.File("src", "Runtime", "Nagare", "buildTransitive", $"Nagare.{name}.globalconfig");
        var text = $"is_global = true\n# Below anything that a project says itself.\nglobal_level = -100\n\n# {purpose}\n"
            + string.Concat(Rules.Select(rule => $"dotnet_diagnostic.{rule.Id}.severity = {Severity(rule, isStrict: name == "strict")}\n"));
        if (Environment.GetEnvironmentVariable("NAGARE_ACCEPT_GOLDEN") == "1")
        {
            File.WriteAllText(file, text);
        }

        Assert.Equal(text, File.ReadAllText(file));
        var parsed = AnalyzerConfig.Parse(text, $"/{name}.globalconfig");
        AnalyzerConfigSet.Create(new[] { parsed }, out var complaints);
        Assert.Empty(complaints);
    }

    private static string Severity(DiagnosticDescriptor rule, bool isStrict) => (rule.DefaultSeverity, isStrict) switch
    {
        (DiagnosticSeverity.Error, _) or (DiagnosticSeverity.Warning, true) => "error",
        (DiagnosticSeverity.Warning, false) or (DiagnosticSeverity.Info, true) => "warning",
        (DiagnosticSeverity.Info, false) or (DiagnosticSeverity.Hidden, true) => "suggestion",
        _ => "silent",
    };
}
