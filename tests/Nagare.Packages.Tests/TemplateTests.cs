namespace Nagare.Packages;

/// <summary><c>dotnet new nagare-agent</c>, from the feed, under a name that is no namespace. What the service does and says is in docs/getting-started.md, which is tested too.</summary>
public class TemplateTests(Feed feed)
{
    [Fact]
    public async Task A_new_agent_builds_without_a_warning_passes_its_tests_and_has_its_lock()
    {
        using var workplace = new Workplace(feed);
        (await workplace.Dotnet(".", "new", "install", Path.Combine(feed.Folder, $"Nagare.Templates.{feed.Version}.nupkg"))).Succeeded();
        (await workplace.Dotnet(".", "new", "nagare-agent", "--name", "order-desk")).Succeeded();
        (await workplace.Dotnet("order-desk", "build", "-warnaserror")).Succeeded();
        Assert.Contains("succeeded: 5", (await workplace.Dotnet("order-desk", "test", "--no-build")).Succeeded(), StringComparison.Ordinal);

        // Everything that it can store is locked.
        (await workplace.Dotnet(".", "tool", "install", "Nagare.Tool", "--version", feed.Version, "--tool-path", "tools")).Succeeded();
        var updated = await workplace.Run("order-desk", Path.Combine(workplace.Folder, "tools", "nagare"), ["schema", "update"]);
        Assert.Equal("src/order-desk/nagare.schema is as it should be\n", updated.Succeeded());
    }
}
