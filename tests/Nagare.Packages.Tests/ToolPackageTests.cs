namespace Nagare.Packages;

/// <summary>The tool from the feed, on a project from the feed: from the first lock to a refused change.</summary>
public class ToolPackageTests(Feed feed)
{
    [Fact]
    public async Task It_locks_seals_and_shows_a_break_in_real_code()
    {
        Assert.SkipUnless(Tool.Exists("git"), "git is not here");
        using var workplace = new Workplace(feed);
        (await workplace.Dotnet(".", "tool", "install", "Nagare.Tool", "--version", feed.Version, "--tool-path", "tools")).Succeeded();
        Task<Tool.Outcome> Nagare(params string[] arguments) => workplace.Run("bare", Path.Combine(workplace.Folder, "tools", "nagare"), ["schema", .. arguments]);

        BareProject.Write(workplace, "bare", feed);
        (await workplace.Run("bare", "git", ["init", "--quiet", "--initial-branch", "main"])).Succeeded();
        (await workplace.Dotnet("bare", "build", "-warnaserror")).Succeeded();
        Assert.Equal("made nagare.schema\n", (await Nagare("update")).Succeeded());
        Assert.Equal("sealed nagare.schema\n", (await Nagare("seal")).Succeeded());
        Assert.Contains("event order order-placed 1 sealed  # OrderEvent.Placed\n  member sacks int32  # Sacks\n  member shop string  # Shop\n", (await Nagare("show", "order-placed")).Succeeded(), StringComparison.Ordinal);
        workplace.Write("bare/.gitignore", "bin/\nobj/\n");
        (await workplace.Run("bare", "git", ["add", "--all"])).Succeeded();
        (await workplace.Run("bare", "git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message", "Lock"])).Succeeded();
        Assert.Equal("1 lock verified against main\n", (await Nagare("verify")).Succeeded());

        workplace.Edit("bare/Orders.cs", "string Shop, int Sacks", "string Shop, string Sacks");
        workplace.Edit("bare/Orders.cs", "Sacks = e.Sacks", "Sacks = e.Sacks.Length");
        workplace.Edit("bare/Program.cs", "\"Riverside\", 9", "\"Riverside\", \"nine\"");
        var build = await workplace.Dotnet("bare", "build", "--no-restore");
        Assert.NotEqual(0, build.ExitCode);
        Assert.Matches(@"Orders\.cs\(7,\d+\): error NAG2020: .*sacks.*number → string", build.Output);

        // So there is no build of the changed code to read; the tool makes its own.
        var diff = await Nagare("diff", "main");
        Assert.Equal(1, diff.ExitCode);
        Assert.Contains("| order/order-placed version 1, sacks | number → string | `member sacks int32` | `member sacks string` | **breaks** | **breaks** |", diff.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await Nagare("verify", "main")).ExitCode);
    }
}
