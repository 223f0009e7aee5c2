using System.Text.Json;

namespace Nagare.CommandLine.Tests;

/// <summary>The verbs <c>export</c> and <c>restore</c>.</summary>
public sealed class ExportTests
{
    [Fact]
    public async Task A_journal_restored_elsewhere_and_exported_again_gives_the_same_bytes()
    {
        using var shell = await Shell.WithTrips();
        var first = Path.Combine(shell.Folder, "first.jsonl");
        var second = Path.Combine(shell.Folder, "second.jsonl");
        var copy = Path.Combine(shell.Folder, "copy.db");

        Assert.Equal("exported 12 events from trips.db to first.jsonl\n", (await shell.Run("export", first)).Done());
        Assert.Equal("restored 12 events into copy.db\n", (await shell.Run("restore", first, "--db", copy)).Done());
        using var report = JsonDocument.Parse((await shell.Run("export", second, "--db", copy, "--json")).Done());

        Assert.Equal(12, report.RootElement.GetProperty("events").GetInt32());
        Assert.Equal(await File.ReadAllBytesAsync(first), await File.ReadAllBytesAsync(second));
    }

    [Fact]
    public async Task A_dash_is_standard_output_and_standard_input()
    {
        using var shell = await Shell.WithTrips();
        var exported = await shell.Run("export", "-");
        exported.Done();

        shell.Input = exported.Bytes;
        (await shell.Run("restore", "-", "--db", Path.Combine(shell.Folder, "copy.db"))).Done();

        Assert.Equal(exported.Bytes, (await shell.Run("export", "-", "--db", Path.Combine(shell.Folder, "copy.db"))).Bytes);
        Assert.StartsWith("trips: export - writes the journal to standard output", (await shell.Run("export", "-", "--json")).Refused(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_there_is_replaced_only_on_request()
    {
        using var shell = await Shell.WithTrips();
        var file = shell.Write("precious.jsonl", "mine");

        Assert.Equal("trips: precious.jsonl is there already; --overwrite replaces it", (await shell.Run("export", file)).Refused(2));
        Assert.Equal("mine", await File.ReadAllTextAsync(file));
        (await shell.Run("export", file, "--overwrite")).Done();
        Assert.NotEqual("mine", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task An_interrupted_export_leaves_no_file()
    {
        using var shell = await Shell.WithTrips();
        using var interrupt = new CancellationTokenSource();
        await interrupt.CancelAsync();

        Assert.Equal("trips: interrupted", (await shell.Run(["export", Path.Combine(shell.Folder, "all.jsonl")], interrupt.Token)).Refused(130));
        Assert.DoesNotContain(Directory.GetFiles(shell.Folder), file => file.Contains("all.jsonl", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_restore_into_a_journal_that_holds_events_is_refused()
    {
        using var shell = await Shell.WithTrips();
        var file = Path.Combine(shell.Folder, "all.jsonl");
        (await shell.Run("export", file)).Done();

        Assert.Contains("A restore goes into an empty journal", (await shell.Run("restore", file)).Refused(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_export_is_refused_with_its_line_and_nothing_is_stored()
    {
        using var shell = await Shell.WithTrips();
        var file = Path.Combine(shell.Folder, "all.jsonl");
        var copy = Path.Combine(shell.Folder, "copy.db");
        (await shell.Run("export", file)).Done();
        var lines = await File.ReadAllLinesAsync(file);
        lines[5] = lines[5][..20];
        await File.WriteAllLinesAsync(file, lines);

        Assert.Contains("6", (await shell.Run("restore", file, "--db", copy)).Refused(1), StringComparison.Ordinal);
        Assert.Equal("no runs in copy.db\n", (await shell.Run("runs", "list", "--db", copy)).Done());
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_not_found()
    {
        using var shell = new Shell();

        Assert.Equal("trips: there is no file nowhere.jsonl", (await shell.Run("restore", Path.Combine(shell.Folder, "nowhere.jsonl"))).Refused(4));
        Assert.False(File.Exists(shell.Database));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_takes_no_export()
    {
        using var shell = await Shell.WithTrips();

        (await shell.Run("export", Path.Combine(shell.Folder, "nowhere", "all.jsonl"))).Refused(4);
    }
}
