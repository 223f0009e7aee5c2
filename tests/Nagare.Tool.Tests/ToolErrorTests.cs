namespace Nagare.Tool.Tests;

/// <summary>What goes wrong is one line with what to do, and an exit code.</summary>
public class ToolErrorTests
{
    private const string Placed = "event shop placed 1 draft\n  member customer string\n";

    [Theory]
    [InlineData(2, "'mend' is not understood (see", "schema", "mend")]
    [InlineData(2, "(see 'nagare schema diff --help')", "schema", "diff", "a", "b", "c")]
    [InlineData(4, "there is no file, folder or git revision nowhere", "schema", "diff", "nowhere", "HEAD")]
    [InlineData(4, "there is no project, solution or folder nowhere.csproj", "schema", "update", "--project", "nowhere.csproj")]
    [InlineData(4, "there is no Shop/nagare.schema; 'nagare schema update' makes it", "schema", "seal")]
    [InlineData(4, "there is no nagare.schema in the folder Shop", "schema", "diff", "Shop", "HEAD")]
    public async Task An_error_is_one_line(int expected, string says, params string[] arguments)
    {
        using var desk = new Desk().Project("Shop").Commit("first");
        var (exitCode, output, error) = await desk.Nagare(arguments);
        Assert.Equal((expected, ""), (exitCode, output));
        Assert.StartsWith("nagare: ", error, StringComparison.Ordinal);
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(static c => c == '\n'));
    }

    [Fact]
    public async Task Code_that_is_newer_than_its_build_is_built_aside_and_what_does_not_build_is_said()
    {
        using var desk = new Desk().Project("Shop").Code("Shop", Placed);
        File.SetLastWriteTimeUtc(Path.Combine(desk.Folder, "Shop", "Events.cs"), DateTime.UtcNow.AddMinutes(1));
        var (exitCode, output, error) = await desk.Nagare("schema", "update");
        Assert.Equal((3, ""), (exitCode, output));
        Assert.StartsWith("Shop/Shop.csproj has no build of the code as it is: building it aside\nnagare: Shop/Shop.csproj does not build, so its events cannot be read: ", error, StringComparison.Ordinal);
        Assert.Contains("error SHOP1: closed today", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_no_assembly_any_more_says_what_to_name()
    {
        using var desk = new Desk().Project("Shop").Code("Shop", Placed);
        await File.WriteAllBytesAsync(Path.Combine(desk.Folder, "shop"), [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0], TestContext.Current.CancellationToken);
        Assert.Equal((3, "", "nagare: shop is a program without metadata; name the assembly that it was made from, a .dll in 'bin'\n"), await desk.Nagare("schema", "diff", "shop", "Shop/bin/Debug/Shop.dll"));
    }

    [Fact]
    public async Task A_line_that_is_none_of_the_format_is_named()
    {
        using var desk = new Desk().Project("Shop").Code("Shop", Placed).Write("Shop/nagare.schema", "nagare-schema 1\n\n<<<<<<< HEAD\n");
        var (exitCode, _, error) = await desk.Nagare("schema", "diff");
        Assert.Equal(3, exitCode);
        Assert.StartsWith("nagare: Shop/nagare.schema line 3: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_projects_or_a_branch_it_says_what_to_name()
    {
        using var desk = new Desk();
        Assert.Equal((4, "", "nagare: there is no project in this folder; go where the solution is, or name it with --project\n"), await desk.Nagare("schema", "diff"));
        desk.Project("Shop").Code("Shop", Placed);
        Assert.Equal((2, "", "nagare: there is no branch to compare with: name the BASE, such as 'nagare schema verify origin/main'\n"), await desk.Nagare("schema", "verify"));
    }

    [Fact]
    public async Task Help_names_every_verb()
    {
        using var desk = new Desk();
        Assert.Contains("schema", await desk.Fine(), StringComparison.Ordinal);
        var help = await desk.Fine("schema", "--help");
        Assert.All((string[])["diff", "verify", "update", "seal", "show"], verb => Assert.Contains($"  {verb} ", help, StringComparison.Ordinal));
    }
}
