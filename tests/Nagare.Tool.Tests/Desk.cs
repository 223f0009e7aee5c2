using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Nagare.CommandLine;

namespace Nagare.Tool.Tests;

/// <summary>A git repository in a temporary folder with projects whose builds say what a test says, and a shell in it.</summary>
internal sealed class Desk : IDisposable
{
    public const string Header = "nagare-schema 1\n\nfamily shop\n\n";

    public Desk()
    {
        Folder = Directory.CreateTempSubdirectory("nagare-tool-").FullName;
        Git("init", "--quiet", "--initial-branch", "main");
    }

    public string Folder { get; }

    /// <summary>A project without an SDK, because all that is asked of it is where its build lies.</summary>
    public Desk Project(string name)
    {
        Write($"{name}/{name}.csproj", $"""
            <Project>
              <PropertyGroup><TargetPath>$(MSBuildProjectDirectory)/bin/$(Configuration)/{name}.dll</TargetPath><ProjectAssetsFile>$(MSBuildProjectDirectory)/obj/project.assets.json</ProjectAssetsFile></PropertyGroup>
              <Target Name="Restore" />
              <Target Name="Build"><Error Code="SHOP1" Text="closed today" /></Target>
            </Project>
            """);
        Write($"{name}/Events.cs", "[EventFamily(\"shop\")] class Events;");
        return this;
    }

    /// <summary>The solution that holds the projects.</summary>
    public Desk Solution(params string[] projects) =>
        Write("All.slnx", $"<Solution>{string.Concat(projects.Select(static name => $"<Project Path=\"{name}/{name}.csproj\" />"))}</Solution>");

    /// <summary>Builds a project whose code has these events, each a text of the lock's format behind the header.</summary>
    public Desk Code(string project, params string[] events)
    {
        Directory.CreateDirectory(Path.Combine(Folder, project, "bin", "Debug"));
        var source = string.Join('\n', events.Select(static e => $"[assembly: System.Reflection.AssemblyMetadata(\"Nagare.Schema\", {SymbolDisplay.FormatLiteral(Header + e, quote: true)})]"));
        var compilation = CSharpCompilation.Create(
            Path.GetFileName(project),
            [CSharpSyntaxTree.ParseText(source + "\n[assembly: System.Reflection.AssemblyMetadata(\"Other\", \"value\")]", path: Path.Combine(Folder, project, "Events.cs"), encoding: System.Text.Encoding.UTF8)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var file = File.Create(Path.Combine(Folder, project, "bin", "Debug", Path.GetFileName(project) + ".dll"));
        var result = compilation.Emit(file, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded));
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return this;
    }

    public Desk Write(string path, string text)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return this;
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    /// <summary>Commits everything but builds.</summary>
    public Desk Commit(string message)
    {
        Write(".gitignore", "bin/\nobj/\n");
        Git("add", "--all");
        Git("-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet", "--allow-empty", "--message", message);
        return this;
    }

    public Desk Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = Folder, RedirectStandardError = true, RedirectStandardOutput = true };
        try
        {
            using var git = Process.Start(start)!;
            var errors = git.StandardError.ReadToEnd();
            git.WaitForExit();
            Assert.True(git.ExitCode == 0, errors);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("git is not here");
        }

        return this;
    }

    /// <summary>Runs the tool.</summary>
    public async Task<(int ExitCode, string Output, string Error)> Nagare(params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var console = new CommandConsole { Output = output, Error = error };
        var exitCode = await ToolCommand.Run(arguments, new ToolHost(console, Folder), TestContext.Current.CancellationToken);
        return (exitCode, System.Text.Encoding.UTF8.GetString(output.ToArray()), System.Text.Encoding.UTF8.GetString(error.ToArray()));
    }

    /// <summary>Runs the tool, which must find nothing wrong.</summary>
    public async Task<string> Fine(params string[] arguments)
    {
        var (exitCode, output, error) = await Nagare(arguments);
        Assert.True(exitCode == 0, $"{exitCode}: {output}{error}");
        return output;
    }

    public void Dispose()
    {
        // Git's objects are read-only, which Windows minds.
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }

        Directory.Delete(Folder, recursive: true);
    }
}
