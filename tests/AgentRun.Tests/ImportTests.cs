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

    private readonly string _folder = Directory.CreateTempSubdirectory("agent-run-").FullName;

    private string Database => Path.Combine(_folder, "runs.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(RealRuns.TauBench, 200)]
    [InlineData("mini-swe-agent-deepseek", 198)]
    [InlineData(RealRuns.SweAgent, 22)]
    public async Task Every_real_run_comes_back_from_the_journal_as_it_was(string path, int streams)
    {
        var (exitCode, _, error) = await Run("import", RealRuns.Find(path));
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
        var file = Write("runs.jsonl", Conversation);
        Assert.Equal(0, (await Run("import", file)).ExitCode);
        var before = await Head();
        Assert.True(before > 0);
        Assert.Equal(0, (await Run("import", file)).ExitCode);
        Assert.Equal(before, await Head());
    }

    [Fact]
    public async Task Another_run_of_the_same_name_is_reported_and_not_mixed_in()
    {
        await Run("import", Write("runs.jsonl", Conversation));
        var before = await Head();
        var (exitCode, _, error) = await Run("import", Write("others.jsonl", Conversation.Replace("hello", "good day", StringComparison.Ordinal)));
        Assert.Equal(1, exitCode);
        Assert.Contains("others.jsonl", error, StringComparison.Ordinal);
        Assert.Equal(before, await Head());
    }

    [Fact]
    public async Task A_malformed_line_is_reported_with_file_and_line_and_the_rest_is_imported()
    {
        var file = Write("runs.jsonl", Conversation, """{"task_id":2,"trial":0,"traj":"none"}""", """{"task_id":3,""", Conversation.Replace("\"task_id\":1", "\"task_id\":4", StringComparison.Ordinal));
        var (exitCode, _, error) = await Run("import", file);
        Assert.Equal(1, exitCode);
        Assert.Contains("runs.jsonl:2", error, StringComparison.Ordinal);
        Assert.Contains("runs.jsonl:3", error, StringComparison.Ordinal);
        Assert.Equal(2, (await Stored()).Count);
    }

    [Fact]
    public async Task A_compressed_file_is_read_like_a_plain_one()
    {
        var file = Path.Combine(_folder, "runs.jsonl.gz");
        await using (var gz = new GZipStream(File.Create(file), CompressionLevel.Fastest))
        {
            await gz.WriteAsync(Encoding.UTF8.GetBytes(Conversation), TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, (await Run("import", file)).ExitCode);
        Assert.Single(await Stored());
    }

    [Fact]
    public async Task An_import_that_is_cancelled_leaves_whole_runs_only()
    {
        var file = Write("runs.jsonl", [.. Enumerable.Range(0, 200).Select(task => Conversation.Replace("\"task_id\":1", $"\"task_id\":{task}", StringComparison.Ordinal))]);
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        var (exitCode, _, _) = await Run(["import", file], cancellation.Token);
        Assert.Equal(ExitCode.Interrupted, exitCode);

        // The rest comes with the next import, and whatever was there stays as it is.
        Assert.Equal(0, (await Run("import", file)).ExitCode);
        var stored = await Stored();
        Assert.Equal(200, stored.Count);
        Assert.All(stored.Values, run => Assert.Equal(5, run.Count));
    }

    private string Write(string name, params string[] lines)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllLines(path, lines);
        return path;
    }

    private Task<(int ExitCode, string Output, string Error)> Run(params string[] arguments) => Run(arguments, CancellationToken.None);

    private async Task<(int ExitCode, string Output, string Error)> Run(string[] arguments, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var exitCode = await NagareCommandLine.Run(
            [.. arguments, "--db", Database],
            new CommandLineOptions
            {
                AddModels = static nagare => nagare.AddModel<AgentRunsModel>(),
                Importers = RealRuns.All(),
                Console = new CommandConsole { Output = output, Error = error },
            },
            cancellationToken);
        return (exitCode, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
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
        .AddNagare(nagare => nagare.AddModel<AgentRunsModel>().UseSqlite($"Data Source={Database}"))
        .BuildServiceProvider();
}
