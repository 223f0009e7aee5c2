namespace Nagare.Packages;

/// <summary><c>dotnet new nagare-agent</c>, from the feed: it builds, tests and runs as it is.</summary>
public class TemplateTests(Feed feed)
{
    [Fact]
    public async Task A_new_agent_builds_tests_runs_and_says_why()
    {
        using var workplace = new Workplace(feed);
        (await workplace.Dotnet(".", "new", "install", Path.Combine(feed.Folder, $"Nagare.Templates.{feed.Version}.nupkg"))).Succeeded();
        // A name that is no namespace as it stands.
        (await workplace.Dotnet(".", "new", "nagare-agent", "--name", "order-desk")).Succeeded();
        (await workplace.Dotnet("order-desk", "build", "-warnaserror")).Succeeded();
        Assert.Contains("succeeded: 5", (await workplace.Dotnet("order-desk", "test", "--no-build")).Succeeded(), StringComparison.Ordinal);

        string[] run = ["run", "--no-build", "--project", "src/order-desk"];
        Assert.Equal("run-1: Order 7 was shipped on Monday.\n", (await workplace.Run("order-desk", "dotnet", run, input: "Where is order 7?\n")).Succeeded().ReplaceLineEndings("\n"));
        var why = (await workplace.Run("order-desk", "dotnet", [.. run, "--", "why", "run-1"])).Succeeded();
        Assert.Contains("The user asked: Where is order 7?", why, StringComparison.Ordinal);
        (await workplace.Run("order-desk", "dotnet", [.. run, "--", "check"])).Succeeded();

        // An answer that no finding carries breaks the rule, and the verb says so.
        (await workplace.Run("order-desk", "dotnet", run, input: "Where is my order?\n")).Succeeded();
        var check = await workplace.Run("order-desk", "dotnet", [.. run, "--", "check"]);
        Assert.Equal(1, check.ExitCode);
        Assert.Contains("answers-rest-on-findings", check.Output, StringComparison.Ordinal);
    }
}
