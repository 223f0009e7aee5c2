using System.Text;
using Nagare.CommandLine;

namespace AgentRuns.Tests;

/// <summary>A folder and a prompt: runs the sample's verbs in this process, on a SQLite file.</summary>
internal sealed class Prompt : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("agent-run-").FullName;

    public string Database => Path.Combine(_folder, "runs.db");

    /// <summary>The importers; those of the sample unless said.</summary>
    public IReadOnlyList<IRunImporter> Importers { get; set; } = RealRuns.All();

    public string Write(string name, params IEnumerable<string> lines)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllLines(path, lines);
        return path;
    }

    public Task<Answer> Run(params string[] arguments) => Run(arguments, TestContext.Current.CancellationToken);

    public async Task<Answer> Run(string[] arguments, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var exitCode = await NagareCommandLine.Run(
            [.. arguments, "--db", Database],
            new CommandLineOptions
            {
                AddModels = static nagare => nagare.AddModel<AgentRunsModel>(),
                Importers = Importers,
                SourceWriter = RunSource.TryWrite,
                Console = new CommandConsole { Output = output, Error = error },
            },
            cancellationToken);
        return new Answer(exitCode, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

/// <summary>What a verb answered.</summary>
internal sealed record Answer(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output of a verb that had nothing to complain of.</summary>
    public string Expect(int exitCode)
    {
        Assert.Equal((exitCode, ""), (ExitCode, Error));
        return Output;
    }
}
