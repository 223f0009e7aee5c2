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

    /// <summary>The lock, or null where there is none.</summary>
    public SchemaLock? Lock() => File.Exists(LockFile) ? LockText.Read(LockName, LockFile) : null;

    /// <summary>What the code says, by the newest build. A build that is older than the code says nothing about it, and is refused.</summary>
    public SchemaLock Code()
    {
        var name = Path.GetRelativePath(host.Folder, file).Replace('\\', '/');
        var built = Configurations.Select(TargetPath).Where(File.Exists).OrderByDescending(File.GetLastWriteTimeUtc).FirstOrDefault()
            ?? throw new CommandException(ExitCode.NotFound, $"{name} is not built; run 'dotnet build' first");
        var when = File.GetLastWriteTimeUtc(built);
        return ProjectFinder.Sources(Folder).FirstOrDefault(source => File.GetLastWriteTimeUtc(source) > when) is { } newer
            ? throw new CommandException(ExitCode.NotFound, $"{Path.GetRelativePath(host.Folder, newer).Replace('\\', '/')} is newer than the build of {name}; run 'dotnet build' first")
            : AssemblySchema.Read(built);
    }

    // Asked of MSBuild, because a project may build anywhere.
    private string TargetPath(string configuration)
    {
        string[] arguments = ["msbuild", file, "-nologo", "-nodeReuse:false", "-getProperty:TargetPath", $"-property:Configuration={configuration}"];
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using var msbuild = Process.Start(start)!;
        msbuild.StandardInput.Close();
        var errors = msbuild.StandardError.ReadToEndAsync();
        var output = msbuild.StandardOutput.ReadToEnd().Trim();
        msbuild.WaitForExit();
        return msbuild.ExitCode == 0 && output.Length > 0
            ? output
            : throw new CommandException(ExitCode.StoreUnreachable, $"MSBuild cannot evaluate {file}: {(output + errors.Result).Trim().Split('\n')[0]}");
    }
}
