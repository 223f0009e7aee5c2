using System.Text;
using System.Text.Json;

namespace Nagare.CommandLine.Tests;

public sealed class ImportTests
{
    [Theory]
    [InlineData("trips.jsonl")]
    [InlineData("trips")]
    [InlineData("trips.jsonl.gz")]
    [InlineData("packed-without-saying-so")]
    public async Task Runs_are_imported_from_a_file_plain_or_packed_whatever_its_name(string name)
    {
        using var shell = new Shell();
        var isPacked = name.EndsWith(".gz", StringComparison.Ordinal) || name.StartsWith("packed", StringComparison.Ordinal);
        var file = shell.Write(name, isPacked ? Shell.Gzip(Shell.Trips) : Encoding.UTF8.GetBytes(Shell.Trips));

        var outcome = await shell.Run("import", file);

        Assert.Equal("imported 3 runs, 12 events, into trips.db\n", outcome.Done());
        Assert.True(File.Exists(shell.Database));
    }

    [Fact]
    public async Task A_folder_is_imported_with_everything_below_it_and_names_what_nobody_knows()
    {
        using var shell = new Shell();
        shell.Write("data/a/trips.jsonl", Shell.Trips);
        shell.Write("data/b/audits.jsonl.gz", Shell.Gzip("""{"audit": "oslo", "opinion": "dear"}"""));
        shell.Write("data/README.md", "# Trips\n\nwere recorded here\n");
        shell.Write("data/prices.json", "{\n  \"oslo\": 17\n}\n");

        var outcome = await shell.Run("import", Path.Combine(shell.Folder, "data"));

        Assert.Equal(
            """
            skipped 2 files that no importer knows: data/README.md, data/prices.json
            imported 4 runs, 13 events, into trips.db

            """.Replace('/', Path.DirectorySeparatorChar),
            outcome.Done());
    }

    [Fact]
    public async Task A_second_import_of_the_same_file_adds_nothing_and_says_so()
    {
        using var shell = await Shell.WithTrips();
        var before = await File.ReadAllTextAsync(await Export(shell, "before.jsonl"));

        var outcome = await shell.Run("import", Path.Combine(shell.Folder, "trips.jsonl"));

        Assert.Equal("nothing added: 3 runs there already\n", outcome.Done());
        Assert.Equal(before, await File.ReadAllTextAsync(await Export(shell, "after.jsonl")));
    }

    [Fact]
    public async Task An_import_goes_on_where_an_earlier_one_ended()
    {
        using var shell = await Shell.WithTrips();
        var more = shell.Write("more.jsonl", Shell.Trips + """{"trip": "rome", "steps": [["asked", "Rome"]]}""");

        Assert.Equal("imported 1 run, 1 event, into trips.db\n3 runs there already\n", (await shell.Run("import", more)).Done());
    }

    [Fact]
    public async Task Malformed_lines_are_reported_with_file_and_line_and_the_rest_is_imported()
    {
        using var shell = new Shell();
        var file = shell.Write("mixed.jsonl", """
            not json
            {"trip": "kyoto", "steps": [["asked", "Kyoto"]]}

            {"trip": "cut off", "steps": [["asked", "Ky
            {"trip": "oslo", "steps": [["flew", "Oslo"]]}
            {"trip": "a/b\u0007", "steps": [["asked", "bell"]]}
            {"trip": "lima", "steps": [["asked", "\ud800"]]}
            {"trip": "rome", "steps": [["asked", "Rome"]]}
            """);

        var outcome = await shell.Run("import", file);

        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal("imported 2 runs, 2 events, into trips.db\n5 records skipped, see above\n", outcome.Out);
        var lines = outcome.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(5, lines.Length);
        Assert.StartsWith("mixed.jsonl:1: no valid JSON at byte ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("mixed.jsonl:4: no valid JSON at byte ", lines[1], StringComparison.Ordinal);
        Assert.Equal("mixed.jsonl:5: 'flew' is no step", lines[2]);
        Assert.StartsWith("mixed.jsonl:6: 'trip/a/b", lines[3], StringComparison.Ordinal);
        Assert.StartsWith("mixed.jsonl:7: ", lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_came_before_with_other_events_is_refused_and_nothing_of_it_is_stored()
    {
        using var shell = await Shell.WithTrips();
        var file = shell.Write("other.jsonl", """{"trip": "oslo", "at": "2026-03-02T10:00:00Z", "steps": [["asked", "Bergen"]]}""");

        var outcome = await shell.Run("import", file);

        Assert.Equal(1, outcome.ExitCode);
        Assert.StartsWith("other.jsonl:1: a run of this name is there already, with other events: ", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Bergen", (await shell.Run("runs", "show", "oslo")).Done(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run.traj", "{\n  \"trip\": \"kyoto\",\n  \"steps\": [\n    [\"asked\", \"Kyoto\"]\n  ]\n}\n", 1)]
    [InlineData("runs.json", "[\n  {\"trip\": \"a\", \"steps\": [[\"asked\", \"A\"]]},\n  {\"trip\": \"b\", \"steps\": [[\"asked\", \"B\"]]}\n]\n", 2)]
    [InlineData("runs.json", "[{\"trip\": \"a\", \"steps\": [[\"asked\", \"A\"]]}, {\"trip\": \"b\", \"steps\": [[\"asked\", \"B\"]]}]", 2)]
    [InlineData("windows.jsonl", "\uFEFF{\"trip\": \"a\", \"steps\": [[\"asked\", \"A\"]]}\r\n\r\n{\"trip\": \"b\", \"steps\": [[\"asked\", \"B\"]]}\r\n", 2)]
    public async Task A_file_may_be_one_document_or_one_array_or_come_from_elsewhere(string name, string text, int runs)
    {
        using var shell = new Shell();

        var outcome = await shell.Run("import", shell.Write(name, text), "--json");

        using var report = JsonDocument.Parse(outcome.Done());
        Assert.Equal(runs, report.RootElement.GetProperty("runs").GetInt32());
        Assert.Equal(0, report.RootElement.GetProperty("problems").GetInt32());
    }

    [Fact]
    public async Task An_element_of_an_array_is_reported_with_the_line_it_begins_on()
    {
        using var shell = new Shell();
        var file = shell.Write("runs.json", "[\n  {\"trip\": \"a\", \"steps\": [[\"asked\", \"A\"]]},\n  {\n    \"trip\": \"b\", \"steps\": 7},\n  {\"trip\": \"c\", \"steps\": [[\"asked\", \"C\"]]}\n]\n");

        var outcome = await shell.Run("import", file);

        Assert.Equal((1, "runs.json:3: 'steps' is no array\n"), (outcome.ExitCode, outcome.Error));
    }

    [Fact]
    public async Task A_broken_first_line_of_lines_that_do_not_say_so_costs_that_line_only()
    {
        using var shell = new Shell();
        var file = shell.Write("trips.log", "{\"trip\": \"cut off\", \"steps\": [\n" + Shell.Trips);

        var outcome = await shell.Run("import", file);

        Assert.Equal(1, outcome.ExitCode);
        Assert.StartsWith("trips.log:1: no valid JSON", Assert.Single(outcome.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.StartsWith("imported 3 runs", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_expansion_of_a_packed_file_is_bounded_and_what_came_before_is_kept()
    {
        using var shell = new Shell { Limits = new() { MaxExpandedBytes = 64 * 1024, MaxRecordBytes = 16 * 1024 } };
        var bomb = shell.Write("bomb.jsonl.gz", Shell.Gzip("""{"trip": "kyoto", "steps": [["asked", "Kyoto"]]}""" + "\n" + new string('\n', 16 * 1024 * 1024)));
        Assert.True(new FileInfo(bomb).Length < 100_000);

        var outcome = await shell.Run("import", bomb);

        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal("bomb.jsonl.gz: it expands to more than 65536 bytes, which is where reading stopped; expand it yourself and import the plain file\n", outcome.Error);
        Assert.Equal("imported 1 run, 1 event, into trips.db\n1 record skipped, see above\n", outcome.Out);
    }

    [Fact]
    public async Task A_line_longer_than_an_append_may_be_is_read_over()
    {
        using var shell = new Shell { Limits = new() { MaxRecordBytes = 100_000 } };
        var file = shell.Write("long.jsonl", $$"""
            {"trip": "kyoto", "steps": [["asked", "Kyoto"]]}
            {"trip": "long", "steps": [["asked", "{{new string('x', 300_000)}}"]]}
            {"trip": "oslo", "steps": [["asked", "Oslo"]]}
            """);

        var outcome = await shell.Run("import", file);

        Assert.Equal((1, "long.jsonl:2: the line is longer than 100000 bytes\n"), (outcome.ExitCode, outcome.Error));
        Assert.StartsWith("imported 2 runs", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_packed_file_is_a_finding_and_what_could_be_read_is_kept()
    {
        using var shell = new Shell();
        var random = new Random(17);
        var lines = string.Concat(Enumerable.Range(0, 2_000).Select(i => $$"""{"trip": "t-{{i}}", "steps": [["asked", "{{random.Next():x8}}{{random.Next():x8}}"]]}""" + "\n"));
        var packed = Shell.Gzip(lines);
        packed.AsSpan(packed.Length / 2, 200).Fill(0xFF);

        var outcome = await shell.Run("import", shell.Write("damaged.jsonl.gz", packed));

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("damaged.jsonl.gz: the .gz is damaged", outcome.Error, StringComparison.Ordinal);
        Assert.StartsWith("imported ", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupted_an_import_leaves_whole_runs_says_how_many_and_can_go_on()
    {
        using var shell = new Shell();
        using var interrupt = new CancellationTokenSource();
        var lines = string.Concat(Enumerable.Range(1, 50).Select(i => $$"""{"trip": "t-{{i}}", "steps": [["asked", "A"], ["spent", 1], ["answered", "B"]]}""" + "\n"));
        var file = shell.Write("trips.jsonl", lines);
        shell.Importers = [new InterruptedAt(20, interrupt)];

        var outcome = await shell.Run(["import", file], interrupt.Token);

        Assert.Equal("trips: interrupted; 20 runs with 60 events stored whole, no other begun. Import again to go on.", outcome.Refused(130));
        using var list = JsonDocument.Parse((await shell.Run("runs", "list", "--json")).Done());
        Assert.Equal(20, list.RootElement.GetProperty("total").GetInt32());
        Assert.All(list.RootElement.GetProperty("runs").EnumerateArray(), run => Assert.Equal(3, run.GetProperty("events").GetInt32()));

        shell.Importers = [new TripImporter()];
        Assert.Equal("imported 30 runs, 90 events, into trips.db\n20 runs there already\n", (await shell.Run("import", file)).Done());
    }

    [Fact]
    public async Task A_store_that_fails_under_way_ends_the_import_and_what_was_stored_stays()
    {
        using var shell = new Shell { Databases = [new FaultyProvider(append => append == 3 ? throw new JournalBusyException(TimeSpan.FromSeconds(5)) : default)] };
        var file = shell.Write("trips.jsonl", Shell.Trips);

        Assert.StartsWith("trips: Another writer held the journal for 5 s.", (await shell.Run("import", file)).Refused(3), StringComparison.Ordinal);
        Assert.Equal("imported 1 run, 4 events, into trips.db\n2 runs there already\n", (await shell.Run("import", file)).Done());
    }

    [Fact]
    public async Task Interrupted_while_a_run_is_being_written_an_import_waits_for_that_run()
    {
        using var interrupt = new CancellationTokenSource();
        var isWriting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var mayWrite = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var shell = new Shell
        {
            Databases = [new FaultyProvider(async append =>
            {
                if (append == 2)
                {
                    isWriting.SetResult();
                    await mayWrite.Task.ConfigureAwait(false);
                }
            })],
            Limits = new() { MaxRunsInFlight = 1 },
        };
        var import = shell.Run(["import", shell.Write("trips.jsonl", Shell.Trips)], interrupt.Token);

        await isWriting.Task;
        await interrupt.CancelAsync();
        Assert.False(import.IsCompleted);
        mayWrite.SetResult();

        Assert.Equal("trips: interrupted; 2 runs with 8 events stored whole, no other begun. Import again to go on.", (await import).Refused(130));
    }

    [Fact]
    public async Task A_format_named_is_the_format_of_the_file()
    {
        using var shell = new Shell();
        var file = shell.Write("trips.jsonl", Shell.Trips);

        var outcome = await shell.Run("import", file, "--format", "audits");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal(3, outcome.Error.TrimEnd('\n').Split('\n').Length);
        Assert.Equal("trips: --format takes one of auto, trips, audits, not 'tau' (see 'trips import --help')", (await shell.Run("import", file, "--format", "tau")).Refused(2));
    }

    [Fact]
    public async Task A_file_that_nobody_knows_is_a_finding_and_makes_no_database()
    {
        using var shell = new Shell();
        var file = shell.Write("prices.json", """{"oslo": 17}""");

        var outcome = await shell.Run("import", file);

        Assert.Equal((1, "trips: no importer knows anything in prices.json (formats: trips, audits)\n"), (outcome.ExitCode, outcome.Error));
        Assert.False(File.Exists(shell.Database));
    }

    [Fact]
    public async Task A_path_that_is_not_there_is_not_found()
    {
        using var shell = new Shell();

        Assert.Equal("trips: there is no file or folder nowhere.jsonl", (await shell.Run("import", Path.Combine(shell.Folder, "nowhere.jsonl"))).Refused(4));
    }

    [Fact]
    public async Task An_empty_folder_is_imported_without_a_word_of_blame()
    {
        using var shell = new Shell();
        var folder = Directory.CreateDirectory(Path.Combine(shell.Folder, "empty")).FullName;

        Assert.Equal("nothing to import in empty\n", (await shell.Run("import", folder)).Done());
    }

    [Fact]
    public async Task An_application_without_importers_has_no_such_verb()
    {
        using var shell = new Shell { Importers = [] };

        Assert.StartsWith("trips: there is no verb 'import'", (await shell.Run("import", "x")).Refused(2), StringComparison.Ordinal);
        Assert.DoesNotContain("import", (await shell.Run("--help")).Done(), StringComparison.Ordinal);
    }

    private static async Task<string> Export(Shell shell, string name)
    {
        var file = Path.Combine(shell.Folder, name);
        (await shell.Run("export", file)).Done();
        return file;
    }

    /// <summary>A Ctrl-C while the record after so many is being read.</summary>
    private sealed class InterruptedAt(int records, CancellationTokenSource interrupt) : IRunImporter
    {
        private readonly TripImporter _trips = new();
        private int _read;

        public string Format => _trips.Format;

        public string Description => _trips.Description;

        public bool CanRead(ImportRecord record) => _trips.CanRead(record);

        public AppendRequest Read(ImportRecord record)
        {
            if (++_read == records)
            {
                interrupt.Cancel();
            }

            return _trips.Read(record);
        }
    }
}
