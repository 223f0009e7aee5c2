using System.Text.RegularExpressions;

namespace Nagare.Packages;

/// <summary>docs/getting-started.md, command by command, with the packages from the feed.</summary>
public partial class GettingStartedTests(Feed feed)
{
    [Fact]
    public async Task Every_command_works_and_prints_what_the_page_says()
    {
        using var workplace = new Workplace(feed);
        var folder = ".";
        var blocks = Block().Matches(await File.ReadAllTextAsync(Checkout.File("docs", "getting-started.md"))).ToList();
        Assert.Contains(blocks, IsCommands);
        for (var i = 0; i < blocks.Count; i++)
        {
            if (IsCommands(blocks[i]))
            {
                var outcome = await workplace.Run(folder, "bash", ["-c", $"set -e\n{blocks[i].Groups["text"].Value}\npwd >\"{workplace.Folder}/where\""]);
                Assert.True(outcome.ExitCode == 0, $"{blocks[i].Value}\n{outcome.Output}");
                folder = File.ReadAllText(Path.Combine(workplace.Folder, "where")).Trim();
                if (i + 1 < blocks.Count && !IsCommands(blocks[i + 1]))
                {
                    var expected = Regex.Escape(blocks[i + 1].Groups["text"].Value.TrimEnd()).Replace("…", ".*", StringComparison.Ordinal);
                    Assert.True(Regex.IsMatch(outcome.Output.ReplaceLineEndings("\n").TrimEnd(), $"^{expected}$", RegexOptions.Singleline), $"{blocks[i].Value}\n{outcome.Output}");
                }
            }
        }
    }

    private static bool IsCommands(Match block) => block.Groups["language"].Value == "sh";

    [GeneratedRegex("^```(?<language>sh|text)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
