using System.Diagnostics;
using Nagare.CommandLine;
using Nagare.Schema;

namespace Nagare.Tool;

/// <summary>A project that holds events: its lock, and what its code says by the assembly that a build left.</summary>
internal sealed class EventProject(string file, ToolHost host)
{
    private static readonly string[] Configurations = ["Debug", "Release"];

    /// <summary>The project's folder.</summary>
    public string Folder { get; } = Path.GetDirectoryName(file)!;

    /// <summary>Where its lock is, or would be.</summary>
    public string LockFile => Path.Combine(Folder, SchemaLock.FileName);

    /// <summary>The lock's path as a person at hand would type it.</summary>
    public string LockName => Path.GetRelativePath(host.Folder, LockFile).Replace('\\', '/');

    private string Name => Path.GetRelativePath(host.Folder, file).Replace('\\', '/');

    /// <summary>The lock, or null where there is none.</summary>
    public SchemaLock? Lock() => File.Exists(LockFile) ? LockText.Read(LockName, LockFile) : null;

    /// <summary>What the code says: by the newest build, or where that is older than the code, or failed, by one that is made aside.</summary>
    public SchemaLock Code()
    {
        var builds = Configurations.Select(Evaluate).ToList();
        var built = builds.Where(static build => File.Exists(build.File)).OrderByDescending(static build => File.GetLastWriteTimeUtc(build.File)).FirstOrDefault();
        if (built is not null && !built.IsOlderThanCode())
        {
            return AssemblySchema.Read(built.File);
        }

        host.Console.ErrorOut.WriteLine(VisibleText.Line($"{Name} has no build of the code as it is: building it aside"));
        var aside = Directory.CreateTempSubdirectory("nagare-build-").FullName;
        try
        {
            // Without analyzers, since a break that they refuse is what is asked about; and aside, because the next build would otherwise find nothing left to analyze.
            var (exitCode, output) = DotNet([
                "build", file, "-nologo", "-nodeReuse:false", "-verbosity:quiet", "-consoleLoggerParameters:ErrorsOnly", "-target:Build", "-getProperty:TargetPath",
                "-property:UseArtifactsOutput=true", $"-property:ArtifactsPath={aside}", "-property:RunAnalyzers=false", "-property:TreatWarningsAsErrors=false", "-property:MSBuildTreatWarningsAsErrors=false",
                .. builds[0].Framework.Select(static framework => $"-property:TargetFramework={framework}")]);
            return exitCode == 0
                ? AssemblySchema.Read(output.Trim())
                : throw new CommandException(ExitCode.StoreUnreachable, $"{Name} does not build, so its events cannot be read: {FirstError(output)}");
        }
        finally
        {
            Directory.Delete(aside, recursive: true);
        }
    }

    // Asked of MSBuild, because a project may build anywhere. One that builds for several frameworks is read as it is for the first of them: they share the lock.
    private ProjectBuild Evaluate(string configuration)
    {
        var build = Evaluate(configuration, []);
        return build.File.Length > 0 ? build
            : build.Framework is [var first] ? Evaluate(configuration, [$"-property:TargetFramework={first}"]) with { Framework = [first] }
            : throw new CommandException(ExitCode.StoreUnreachable, $"MSBuild says of no assembly that {Name} builds it; is it a C# project?");
    }

    private ProjectBuild Evaluate(string configuration, IEnumerable<string> properties)
    {
        var (exitCode, output) = DotNet(["msbuild", file, "-nologo", "-nodeReuse:false", "-getProperty:TargetPath,TargetFrameworks,ProjectAssetsFile", $"-property:Configuration={configuration}", .. properties]);
        return exitCode == 0
            ? ProjectBuild.Parse(file, output)
            : throw new CommandException(ExitCode.StoreUnreachable, $"MSBuild cannot evaluate {Name}: {FirstError(output)}");
    }

    private static string FirstError(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.FirstOrDefault(static line => line.Contains(" error ", StringComparison.Ordinal)) ?? lines.FirstOrDefault() ?? "it says nothing; run 'dotnet build'";
    }

    private (int ExitCode, string Output) DotNet(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        try
        {
            using var dotnet = Process.Start(start)!;
            dotnet.StandardInput.Close();
            var errors = dotnet.StandardError.ReadToEndAsync();
            var output = dotnet.StandardOutput.ReadToEnd();
            dotnet.WaitForExit();
            return (dotnet.ExitCode, dotnet.ExitCode == 0 ? output : output + errors.Result);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new CommandException(ExitCode.NotFound, "there is no 'dotnet' in the path; install the .NET SDK");
        }
    }
}
