using System.Text;
using Nagare.CommandLine;

namespace Nagare.Tool.Tests;

/// <summary>A folder and a prompt in it, for verbs on journals.</summary>
internal sealed class Prompt : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("nagare-tool-").FullName;

    public Dictionary<string, string> Variables { get; } = [];

    public string Path(string name) => System.IO.Path.Combine(Folder, name);

    public async Task<(int ExitCode, string Output, string Error)> Run(params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var console = new CommandConsole { Output = output, Error = error, Variable = name => Variables.GetValueOrDefault(name) };
        var exitCode = await ToolCommand.Run(arguments, new ToolHost(console, Folder), TestContext.Current.CancellationToken);
        return (exitCode, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    /// <summary>Runs a verb that finds nothing wrong, and gives what it printed.</summary>
    public async Task<string> Fine(params string[] arguments)
    {
        var (exitCode, output, error) = await Run(arguments);
        Assert.True(exitCode == 0, $"{exitCode}: {output}{error}");
        return output;
    }

    /// <summary>Runs a verb that refuses with one line on standard error, and gives the line.</summary>
    public async Task<string> Refused(int expected, params string[] arguments)
    {
        var (exitCode, output, error) = await Run(arguments);
        Assert.Equal((expected, ""), (exitCode, output));
        Assert.EndsWith("\n", error, StringComparison.Ordinal);
        return Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
