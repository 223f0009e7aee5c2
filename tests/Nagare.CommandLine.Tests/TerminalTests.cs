using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Nagare.CommandLine.Tests;

/// <summary>What reaches a terminal, a pipe, and a reader that went away.</summary>
public sealed class TerminalTests
{
    // A window title, a colour, a bidirectional override and isolate, a zero byte, a C1 control, a tag character, a lone carriage return.
    private const string Hostile = "\\u001b]0;owned\\u0007\\u001b[31m\\u202egnp.exe\\u2066\\u0000\\u009b\\udb40\\udc41\\rgone\\u2028\\u007f";

    [Theory]
    [InlineData("runs", "list")]
    [InlineData("runs", "show", "bad")]
    [InlineData("runs", "show", "bad", "--format", "markdown")]
    [InlineData("runs", "show", "bad", "--json")]
    [InlineData("state", "bad")]
    [InlineData("state", "bad", "--diff", "0")]
    [InlineData("state", "bad", "--diff", "0", "--json")]
    [InlineData("why", "bad", "--at", "3")]
    [InlineData("why", "bad", "--at", "3", "--json")]
    [InlineData("check")]
    [InlineData("check", "--json")]
    public async Task Payloads_cannot_act_on_a_terminal(params string[] args)
    {
        using var shell = await WithHostileRun();

        var outcome = await shell.Run(args);

        Assert.Equal("", outcome.Error);
        Assert.DoesNotContain(outcome.Out.EnumerateRunes(), Acts);
        Assert.Contains("gnp.exe", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("u202e", outcome.Out, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("runs", "list", "--json")]
    [InlineData("state", "bad", "--json")]
    [InlineData("why", "bad", "--json")]
    [InlineData("check", "--json")]
    public async Task Json_is_one_line_that_reads_back_what_was_stored(params string[] args)
    {
        using var shell = await WithHostileRun();

        var outcome = await shell.Run(args);

        Assert.Equal(outcome.Out.Length - 1, outcome.Out.IndexOf('\n', StringComparison.Ordinal));
        using var document = JsonDocument.Parse(outcome.Out);
        Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
    }

    [Fact]
    public async Task A_very_long_payload_is_shown_whole_and_its_row_in_the_list_ends_at_the_edge()
    {
        using var shell = new Shell { IsTerminal = true };
        var wish = new string('x', 3_000_000);
        await shell.Run("import", shell.Write("long.jsonl", $$"""{"trip": "long", "steps": [["called", "{{wish}}", "y"]]}"""));

        Assert.Contains(wish, (await shell.Run("runs", "show", "long")).Out, StringComparison.Ordinal);
        Assert.All((await shell.Run("runs", "list")).Out.Split('\n').Skip(1), line => Assert.True(line.Length <= 80));
    }

    [Fact]
    public async Task Errors_show_hostile_text_too()
    {
        using var shell = await WithHostileRun();
        var file = shell.Write("worse\u202E.jsonl", """
            {"trip": "x", "steps": [["\u001b[2J", "y"]]}
            """);

        Assert.Equal("worse\\u202E.jsonl:1: '\\u001B[2J' is no step\n", (await shell.Run("import", file, "--format", "trips")).Error);
        Assert.DoesNotContain((await shell.Run("runs", "show", "\e[2J\u202E")).Refused(4).EnumerateRunes(), Acts);
    }

    [Fact]
    public async Task Colours_are_for_terminals_and_not_for_those_who_want_none()
    {
        using var shell = await Shell.WithTrips();
        Assert.DoesNotContain('\e', (await shell.Run("check")).Out);

        shell.IsTerminal = true;
        Assert.Contains("\e[31mbroke in 1 run\e[0m", (await shell.Run("check")).Out, StringComparison.Ordinal);

        shell.Variables["NO_COLOR"] = "1";
        Assert.DoesNotContain('\e', (await shell.Run("check")).Out);
    }

    [Fact]
    public async Task A_progress_bar_is_drawn_on_a_terminal_and_nowhere_else()
    {
        using var shell = new Shell { IsTerminal = true };
        var file = shell.Write("trips.jsonl", Shell.Trips + "broken\n");

        var outcome = await shell.Run("import", file);

        Assert.Contains("trips.jsonl", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("\e[", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("trips.jsonl:4: no valid JSON", outcome.Error, StringComparison.Ordinal);
        Assert.Equal("3 runs there already\n", (await shell.Run("import", file)).Out.Replace("nothing added: ", "", StringComparison.Ordinal).Split("1 record")[0]);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("import", "--help")]
    [InlineData("runs", "list")]
    [InlineData("runs", "list", "--json")]
    [InlineData("runs", "show", "kyoto")]
    [InlineData("state", "kyoto")]
    [InlineData("why", "kyoto")]
    [InlineData("check")]
    [InlineData("export", "-")]
    public async Task A_reader_that_went_away_ends_the_program_quietly(params string[] args)
    {
        using var shell = await Shell.WithTrips();
        shell.Output = new FailingOutput();

        var outcome = await shell.Run(args);

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
    }

    [Theory]
    [InlineData("runs", "list")]
    [InlineData("runs", "list", "--json")]
    [InlineData("export", "-")]
    public async Task Output_that_a_full_disk_refused_is_an_error(params string[] args)
    {
        using var shell = await Shell.WithTrips();
        shell.Output = new FailingOutput("No space left on device", 28);

        var outcome = await shell.Run(args);

        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("No space left on device", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_is_the_same_in_every_country()
    {
        using var shell = await Shell.WithTrips();
        var before = CultureInfo.CurrentCulture;
        var here = (await shell.Run("why", "oslo", "--at", "3")).Done() + (await shell.Run("check")).Out;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(here, (await shell.Run("why", "oslo", "--at", "3")).Done() + (await shell.Run("check")).Out);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static bool Acts(Rune rune) =>
        rune.Value != '\n'
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static async Task<Shell> WithHostileRun()
    {
        var shell = new Shell();
        var file = shell.Write("bad.jsonl", $$"""
            {"trip": "bad", "steps": [["asked", "{{Hostile}}"], ["called", "{{Hostile}}", "{{Hostile}}"], ["failed", "{{Hostile}}", "{{Hostile}}"]]}
            """);
        (await shell.Run("import", file)).Done();
        return shell;
    }

    /// <summary>Standard output whose reader has gone, or that cannot take any more.</summary>
    private sealed class FailingOutput(string message = "Broken pipe", int code = 32) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException(message, code);

        public override void Write(byte[] buffer, int offset, int count) => throw new IOException(message, code);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException(message, code);
    }
}
