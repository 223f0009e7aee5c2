using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Nagare;
using Nagare.CommandLine;

namespace AgentRuns.Tests;

/// <summary>The program itself, from the command line to the file and back.</summary>
public sealed class ImportTests : IDisposable
{
    private const string Conversation = """{"task_id":1,"trial":0,"reward":1.0,"info":{"reward_info":{"reward":1.0}},"traj":[{"role":"user","content":"hello \ud83d"},{"role":"assistant","content":"hello"}]}""";

    private readonly Prompt _prompt = new();

    public void Dispose() => _prompt.Dispose();

    [Theory]
    [InlineData(RealRuns.TauBench, 200)]
    [InlineData("mini-swe-agent-deepseek", 198)]
    [InlineData(RealRuns.SweAgent, 22)]
    public async Task Every_real_run_comes_back_from_the_journal_as_it_was(string path, int streams)
    {
        var (exitCode, _, error) = await _prompt.Run("import", RealRuns.Find(path));
        Assert.Equal((0, ""), (exitCode, error));
        var stored = await Stored();
        Assert.Equal(streams, stored.Count);

        var files = path.EndsWith(".gz", StringComparison.Ordinal) ? [path] : new[] { RealRuns.MiniSwe1, RealRuns.MiniSwe2, RealRuns.MiniSweVerdicts };
        foreach (var record in files.SelectMany(RealRuns.Records))
        {
            using var output = new MemoryStream();
            var run = stored[RealRuns.Importer(record).Read(record).Streams[0].StreamId];
            if (run is [RunVerdictEvent.Tested verdict])
            {
                RunSource.Write(verdict, output);
            }
            else
            {
                RunSource.Write([.. run.Cast<AgentRunEvent>()], output);
            }

            Assert.Null(Runs.Difference(record.Json, output.ToArray()) is { } difference ? $"{record.File}, line {record.Line}: {difference}" : null);
        }
    }

    [Fact]
    public async Task A_second_import_adds_nothing()
    {
        var file = _prompt.Write("runs.jsonl", Conversation);
        Assert.Equal(0, (await _prompt.Run("import", file)).ExitCode);
        var before = await Head();
        Assert.True(before > 0);
        Assert.Equal(0, (await _prompt.Run("import", file)).ExitCode);
        Assert.Equal(before, await Head());
    }

    [Fact]
    public async Task Another_run_of_the_same_name_is_reported_and_not_mixed_in()
    {
        await _prompt.Run("import", _prompt.Write("runs.jsonl", Conversation));
        var before = await Head();
        var (exitCode, _, error) = await _prompt.Run("import", _prompt.Write("others.jsonl", Conversation.Replace("hello", "good day", StringComparison.Ordinal)));
        Assert.Equal(1, exitCode);
        Assert.Contains("others.jsonl", error, StringComparison.Ordinal);
        Assert.Equal(before, await Head());
    }

    [Fact]
    public async Task A_malformed_line_is_reported_with_file_and_line_and_the_rest_is_imported()
    {
        var file = _prompt.Write("runs.jsonl", Conversation, """{"task_id":2,"trial":0,"traj":"none"}""", """{"task_id":3,""", Conversation.Replace("\"task_id\":1", "\"task_id\":4", StringComparison.Ordinal));
        var (exitCode, _, error) = await _prompt.Run("import", file);
        Assert.Equal(1, exitCode);
        Assert.Contains("runs.jsonl:2", error, StringComparison.Ordinal);
        Assert.Contains("runs.jsonl:3", error, StringComparison.Ordinal);
        Assert.Equal(2, (await Stored()).Count);
    }

    [Fact]
    public async Task A_compressed_file_is_read_like_a_plain_one()
    {
        var file = _prompt.Write("runs.jsonl.gz");
        await using (var gz = new GZipStream(File.Create(file), CompressionLevel.Fastest))
        {
            await gz.WriteAsync(Encoding.UTF8.GetBytes(Conversation), TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, (await _prompt.Run("import", file)).ExitCode);
        Assert.Single(await Stored());
    }

    [Fact]
    public async Task An_import_that_is_cancelled_in_the_middle_leaves_whole_runs_and_goes_on_when_repeated()
    {
        const int Runs = 200;
        const int Interrupted = 70;
        var file = _prompt.Write("runs.jsonl", Enumerable.Range(0, Runs).Select(task => Conversation.Replace("\"task_id\":1", $"\"task_id\":{task}", StringComparison.Ordinal)));
        using var cancellation = new CancellationTokenSource();
        _prompt.Importers = [new InterruptedAt(Interrupted, cancellation)];

        var answer = await _prompt.Run(["import", file], cancellation.Token);

        Assert.Equal(ExitCode.Interrupted, answer.ExitCode);
        Assert.Contains($"interrupted; {Interrupted} runs with {Interrupted * 5} events stored whole, no other begun", answer.Error, StringComparison.Ordinal);
        var stored = await Stored();
        Assert.Equal(Interrupted, stored.Count);
        Assert.All(stored.Values, run => Assert.Equal(5, run.Count));

        _prompt.Importers = RealRuns.All();
        var output = (await _prompt.Run("import", file)).Expect(0);
        Assert.Contains($"{Interrupted} runs there already", output, StringComparison.Ordinal);
        stored = await Stored();
        Assert.Equal(Runs, stored.Count);
        Assert.All(stored.Values, run => Assert.Equal(5, run.Count));
    }

    [Theory]
    [InlineData(RealRuns.TauBench)]
    [InlineData(RealRuns.MiniSwe1)]
    [InlineData(RealRuns.MiniSweVerdicts)]
    [InlineData(RealRuns.SweAgent)]
    public async Task A_run_is_shown_in_the_format_it_came_in(string path)
    {
        const int Shown = 3;
        (await _prompt.Run("import", RealRuns.Find(path))).Expect(0);
        foreach (var record in RealRuns.Records(path).Take(Shown))
        {
            var stream = RealRuns.Importer(record).Read(record).Streams[0].StreamId.ToString();
            var source = (await _prompt.Run("runs", "show", stream, "--format", "source")).Expect(0);
            Assert.Null(Runs.Difference(record.Json, Encoding.UTF8.GetBytes(source)));
            Assert.Equal(source.Length - 1, source.IndexOf('\n', StringComparison.Ordinal));
            Assert.True(Ascii.IsValid(source));
        }
    }

    [Fact]
    public async Task What_acts_on_a_terminal_is_escaped_in_a_source_and_half_a_surrogate_pair_is_kept()
    {
        var odd = Conversation.Replace("hello \\ud83d", "é\u202E\U0001F600 \u007F \\ud83d", StringComparison.Ordinal);
        (await _prompt.Run("import", _prompt.Write("runs.jsonl", odd))).Expect(0);

        var source = (await _prompt.Run("runs", "show", "tau-bench-1-0", "--format", "source")).Expect(0);

        Assert.Null(Runs.Difference(Encoding.UTF8.GetBytes(odd), Encoding.UTF8.GetBytes(source)));
        Assert.True(Ascii.IsValid(source));
        Assert.DoesNotContain('\u007F', source);
    }

    [Fact]
    public async Task A_run_that_was_not_imported_has_no_source()
    {
        await using (var services = Services())
        {
            await new BakeryRuns(services.GetRequiredService<IAggregateRepository<AgentRun>>()).Record(TestContext.Current.CancellationToken);
        }

        var answer = await _prompt.Run("runs", "show", "riverside-flour", "--format", "source");

        Assert.Equal((ExitCode.NotFound, ""), (answer.ExitCode, answer.Output));
        Assert.EndsWith("agent-run/riverside-flour was not imported, so there is no format to give it back in\n", answer.Error, StringComparison.Ordinal);
    }

    private async Task<Dictionary<StreamId, List<object>>> Stored()
    {
        await using var services = Services();
        var streams = new Dictionary<StreamId, List<object>>();
        await foreach (var envelope in services.GetRequiredService<IJournal>().Read(JournalScope.Everything, TestContext.Current.CancellationToken))
        {
            if (!streams.TryGetValue(envelope.StreamId, out var events))
            {
                streams.Add(envelope.StreamId, events = []);
            }

            events.Add(envelope.Event);
        }

        return streams;
    }

    private async Task<long> Head()
    {
        await using var services = Services();
        return (await services.GetRequiredService<IJournal>().Head(TestContext.Current.CancellationToken)).Value;
    }

    private ServiceProvider Services() => new ServiceCollection()
        .AddNagare(nagare => nagare.AddModel<AgentRunsModel>().UseSqlite($"Data Source={_prompt.Database}"))
        .BuildServiceProvider();

    /// <summary>A Ctrl-C while the record of this number is read.</summary>
    private sealed class InterruptedAt(int number, CancellationTokenSource interrupt) : IRunImporter
    {
        private readonly TauBenchImporter _importer = new();
        private int _read;

        public string Format => _importer.Format;

        public string Description => _importer.Description;

        public bool CanRead(ImportRecord record) => _importer.CanRead(record);

        public AppendRequest Read(ImportRecord record)
        {
            if (++_read == number)
            {
                interrupt.Cancel();
            }

            return _importer.Read(record);
        }
    }
}
