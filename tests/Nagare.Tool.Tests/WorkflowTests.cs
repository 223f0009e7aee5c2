using System.Diagnostics;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Nagare.Tool.Tests;

/// <summary>
/// The workflows of docs/schema-tool.md as far as they can be tried without their services: the YAML is read, and each line of a shell runs in a clone
/// of a repository, with the variables that the service would set.
/// </summary>
public sealed partial class WorkflowTests : IDisposable
{
    private const string Placed = "event shop placed 1 draft  # Shop.Placed\n  member total decimal\n";
    private const string PlacedAsText = "event shop placed 1 draft  # Shop.Placed\n  member total string\n";

    private readonly string _shim = Directory.CreateTempSubdirectory("nagare-shim-").FullName;

    [Theory]
    [InlineData("github", false)]
    [InlineData("github", true)]
    [InlineData("gitlab", false)]
    [InlineData("gitlab", true)]
    public async Task Each_line_works_and_the_gate_stops_a_break_alone(string service, bool breaks)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the lines are bash");
        using var origin = new Desk().Project("Shop").Code("Shop", Placed);
        await origin.Fine("schema", "update");
        await origin.Fine("schema", "seal");
        origin.Commit("released on main");
        using var clone = new Desk();
        clone.Git("remote", "add", "origin", origin.Folder).Git("fetch", "--quiet", "origin").Git("checkout", "--quiet", "-b", "work", "origin/main");
        clone.Code("Shop", breaks ? PlacedAsText : Placed, "event shop shipped 1 draft\n  member on dateonly\n");
        await clone.Nagare("schema", "update");
        clone.Commit("the work");
        WriteShim();

        // GitLab fetches the target itself, so that its line must do it.
        if (service == "gitlab")
        {
            clone.Git("update-ref", "-d", "refs/remotes/origin/main");
        }

        var lines = service == "github" ? GitHub() : GitLab();
        Assert.Equal(service == "github" ? 3 : 4, lines.Count);
        var stopped = new List<string>();
        foreach (var line in lines)
        {
            var (exitCode, output) = await Bash(clone.Folder, line);
            if (exitCode != 0)
            {
                stopped.Add(line);
                Assert.Contains("stored events could not be read", output, StringComparison.Ordinal);
            }
        }

        Assert.Equal(breaks ? [lines[^1]] : [], stopped);
        Assert.Contains(" schema verify ", lines[^1], StringComparison.Ordinal);
        var table = clone.Read(service == "github" ? "summary.md" : "schema.md");
        Assert.Matches(@"(?m)^\| shop/shipped version 1 \| event added \|.*\| safe \| \*\*breaks\*\* \|", table);
        Assert.Equal(breaks, ReadBreaks().IsMatch(table));
    }

    public void Dispose() => Directory.Delete(_shim, recursive: true);

    private static List<string> GitHub()
    {
        var workflow = Page("pull_request");
        Assert.Equal("pull_request", Text(workflow["on"]));
        Assert.Equal("read", Text(workflow["permissions"]["contents"]));
        var steps = (YamlSequenceNode)workflow["jobs"]["schema"]["steps"];
        var checkout = steps.First(static step => step is YamlMappingNode known && known.Children.TryGetValue("uses", out var action) && Text(action).StartsWith("actions/checkout@", StringComparison.Ordinal));
        Assert.Equal("0", Text(checkout["with"]["fetch-depth"]));
        return [.. steps.OfType<YamlMappingNode>().Where(static step => step.Children.ContainsKey("run")).Select(static step => Text(step["run"]))];
    }

    private static List<string> GitLab()
    {
        var job = Page("merge_request_event")["schema"];
        Assert.Equal("0", Text(job["variables"]["GIT_DEPTH"]));
        Assert.Equal("schema.md", Text(((YamlSequenceNode)job["artifacts"]["paths"])[0]));
        return [.. ((YamlSequenceNode)job["script"]).Select(Text)];
    }

    private static YamlNode Page(string with)
    {
        var blocks = Block().Matches(File.ReadAllText(Checkout.File("docs", "schema-tool.md")).ReplaceLineEndings("\n")).Select(static block => block.Groups["text"].Value);
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Assert.Single(blocks, block => block.Contains(with, StringComparison.Ordinal))));
        return Assert.Single(yaml.Documents).RootNode;
    }

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    // The tool of this build under the name that a restored one has; everything else is the machine's own dotnet.
    private void WriteShim()
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Environment.ProcessPath!;
        var shim = Path.Combine(_shim, "dotnet");
        File.WriteAllText(shim, $"""
            #!/usr/bin/env bash
            case "$1 $2" in
              "tool restore") exit 0 ;;
              "nagare schema") shift; exec '{dotnet}' exec '{typeof(ToolCommand).Assembly.Location}' "$@" ;;
              *) exec '{dotnet}' "$@" ;;
            esac
            """.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(shim, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    // As both services call it.
    private async Task<(int ExitCode, string Output)> Bash(string folder, string line)
    {
        var start = new ProcessStartInfo("bash", ["-e", "-o", "pipefail", "-c", line]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{_shim}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["GITHUB_BASE_REF"] = "main";
        start.Environment["GITHUB_STEP_SUMMARY"] = Path.Combine(folder, "summary.md");
        start.Environment["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"] = "main";
        using var bash = Process.Start(start)!;
        var output = bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = bash.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (bash.ExitCode, await output + await errors);
    }

    // The line of a change that stored events cannot be read after.
    [GeneratedRegex(@"^\| shop/placed version 1.*\| \*\*breaks\*\* \| (safe|\*\*breaks\*\*) \|", RegexOptions.Multiline)]
    private static partial Regex ReadBreaks();

    [GeneratedRegex("^```yaml\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
