using System.Reflection;

namespace Nagare.CommandLine.Tests;

/// <summary>Help, mistakes at the prompt, stores that cannot be reached: one line and the right exit code.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("help.txt", "--help")]
    [InlineData("help-import.txt", "import", "--help")]
    [InlineData("help-runs.txt", "runs", "--help")]
    [InlineData("help-runs-list.txt", "runs", "list", "--help")]
    [InlineData("help-runs-show.txt", "runs", "show", "--help")]
    [InlineData("help-state.txt", "state", "-h")]
    [InlineData("help-why.txt", "why", "--help")]
    [InlineData("help-check.txt", "check", "--help")]
    [InlineData("help-export.txt", "export", "--help")]
    [InlineData("help-restore.txt", "restore", "--help")]
    public async Task Every_verb_explains_itself_with_an_example(string golden, params string[] args)
    {
        using var shell = new Shell();

        GoldenFile.Check(golden, (await shell.Run(args)).Done());
    }

    [Theory]
    [InlineData("trips: there is no verb 'impor'; there are import, runs, state, why, check, export, restore, checkpoint, verify, proof, verify-bundle (see 'trips --help')", "impor", "x")]
    [InlineData("trips: there is no verb '--db'; there are import, runs, state, why, check, export, restore, checkpoint, verify, proof, verify-bundle (see 'trips --help')", "--db", "x")]
    [InlineData("trips: Unrecognized command or argument '--frmt' (see 'trips import --help')", "import", "x", "--frmt", "y")]
    [InlineData("trips: Unrecognized command or argument 'y' (see 'trips import --help')", "import", "x", "y")]
    [InlineData("trips: 'import' needs PATH (see 'trips import --help')", "import")]
    [InlineData("trips: 'runs' needs a second word: list or show (see 'trips runs --help')", "runs")]
    [InlineData("trips: 'show' needs ID (see 'trips runs show --help')", "runs", "show")]
    [InlineData("trips: 'state' needs ID (see 'trips state --help')", "state", "--at", "3")]
    [InlineData("trips: 'runs' needs a second word: list or show (see 'trips runs --help')", "runs", "lst")]
    [InlineData("trips: --at takes a whole number from 0, not '-1' (see 'trips state --help')", "state", "x", "--at=-1")]
    [InlineData("trips: --at takes a whole number from 1, not '0' (see 'trips why --help')", "why", "x", "--at", "0")]
    [InlineData("trips: --at takes a whole number from 1, not '17,5' (see 'trips why --help')", "why", "x", "--at", "17,5")]
    [InlineData("trips: --format takes one of text, markdown, jsonl, not 'html' (see 'trips runs show --help')", "runs", "show", "x", "--format", "html")]
    [InlineData("trips: Required argument missing for option: '--db' (see 'trips check --help')", "check", "--db")]
    [InlineData("trips: --db needs the path of a SQLite file", "check", "--db", "")]
    [InlineData("trips: Unrecognized command or argument '\\u001B[31m\\u202E' (see 'trips check --help')", "check", "\e[31m\u202E")]
    public async Task A_mistake_is_one_line_and_exit_code_2(string line, params string[] args)
    {
        using var shell = new Shell();

        Assert.Equal(line, (await shell.Run(args)).Refused(2));
    }

    [Fact]
    public async Task An_id_that_begins_with_an_at_sign_is_an_id()
    {
        using var shell = await Shell.WithTrips();

        Assert.Equal("trips: there is no run '@kyoto' in trips.db", (await shell.Run("why", "@kyoto")).Refused(4));
    }

    [Theory]
    [InlineData("runs", "list")]
    [InlineData("runs", "show", "x")]
    [InlineData("state", "x")]
    [InlineData("why", "x")]
    [InlineData("check")]
    [InlineData("export", "-")]
    public async Task A_database_that_is_not_there_is_not_found_and_not_made(params string[] args)
    {
        using var shell = new Shell();

        Assert.Equal("trips: there is no database trips.db; name one with --db, or make one with import or restore", (await shell.Run(args)).Refused(4));
        Assert.False(File.Exists(shell.Database));
    }

    [Theory]
    [InlineData("runs", "list")]
    [InlineData("check")]
    [InlineData("export", "-")]
    public async Task A_file_that_is_no_journal_is_a_store_that_cannot_be_reached(params string[] args)
    {
        using var shell = new Shell();
        await File.WriteAllTextAsync(shell.Database, "This is a letter, not a database. " + new string('x', 4096));

        (await shell.Run(args)).Refused(3);
        Assert.StartsWith("This is a letter", await File.ReadAllTextAsync(shell.Database), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_journal_is_the_option_else_the_variable_else_the_default()
    {
        using var shell = await Shell.WithTrips();
        var other = Path.Combine(shell.Folder, "other.db");
        File.Move(shell.Database, other);

        shell.Variables["NAGARE_SQLITE"] = other;
        Assert.StartsWith("trip/kyoto\n", (await shell.Run("runs", "show", "kyoto")).Done(), StringComparison.Ordinal);
        shell.Variables["NAGARE_SQLITE"] = $"Data Source={other}";
        Assert.StartsWith("trip/kyoto\n", (await shell.Run("runs", "show", "kyoto")).Done(), StringComparison.Ordinal);
        shell.Variables["NAGARE_SQLITE"] = Path.Combine(shell.Folder, "nowhere.db");
        Assert.StartsWith("trip/kyoto\n", (await shell.Run("runs", "show", "kyoto", "--db", other)).Done(), StringComparison.Ordinal);
        Assert.StartsWith("trips: there is no database nowhere.db", (await shell.Run("runs", "list")).Refused(4), StringComparison.Ordinal);
        shell.Variables["NAGARE_SQLITE"] = "Date Source=x";
        (await shell.Run("runs", "list")).Refused(2);
    }

    [Fact]
    public async Task Without_arguments_the_application_tells_its_story_or_helps()
    {
        using var shell = new Shell();
        Assert.Equal((await shell.Run("--help")).Done(), (await shell.Run()).Done());

        shell.Story = async (console, _) =>
        {
            await console.Out.WriteLineAsync("Once upon a time");
            return 1;
        };

        Assert.Equal("Once upon a time\n", (await shell.Run()).Done(exitCode: 1));
        Assert.Contains("'trips' alone tells a story.", (await shell.Run("--help")).Done(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_defect_is_one_line_too()
    {
        using var shell = new Shell { Story = (_, _) => throw new InvalidOperationException("two\nlines\e[31m") };

        Assert.Equal("trips: unexpected InvalidOperationException, a defect in this program: two\\nlines\\u001B[31m", (await shell.Run()).Refused(70));
    }

    [Fact]
    public async Task The_version_is_the_applications()
    {
        using var shell = new Shell { Version = "7.1.0-bakery\e[31m" };

        Assert.Equal("7.1.0-bakery\\u001B[31m\n", (await shell.Run("--version")).Done());
    }

    [Fact]
    public async Task Unless_said_the_version_is_that_of_the_executable_without_its_build()
    {
        using var shell = new Shell();
        var ofThisExecutable = Assembly.GetEntryAssembly()!.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

        var version = (await shell.Run("--version")).Done().TrimEnd('\n');

        Assert.Equal(ofThisExecutable.Split('+')[0], version);
        Assert.Matches("^\\d+\\.\\d+\\.\\d+[^+]*$", version);
    }
}
