using System.Diagnostics;
using Nagare.Benchmarks.Measuring;

namespace Nagare.Benchmarks.Startup;

/// <summary>How long the native sample takes to its first line, beside a program that prints one line and nothing else.</summary>
internal static class NativeStartup
{
    /// <summary>What the sample may take longer than the bare program.</summary>
    private static readonly TimeSpan MostAdded = TimeSpan.FromMilliseconds(50);

    private const string BareProject = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <PublishAot>true</PublishAot>
            <InvariantGlobalization>true</InvariantGlobalization>
            <UseArtifactsOutput>false</UseArtifactsOutput>
            <ManagePackageVersionsCentrally>false</ManagePackageVersionsCentrally>
          </PropertyGroup>
        </Project>
        """;

    /// <summary>Publishes both, times them in turns, prints the figures; whether the sample stays within its allowance.</summary>
    public static async Task<bool> Run(TextWriter output, string repository, int rounds, Action<string> progress)
    {
        if (!HasLinker())
        {
            output.WriteLine();
            output.WriteLine("skipped: startup, Native AOT needs a C linker, and there is neither clang nor gcc");
            return true;
        }

        var folder = Path.Combine(repository, "artifacts", "bench-startup");
        progress("publishing the bare program and the sample with Native AOT");
        var bare = await PublishBare(Path.Combine(folder, "bare"));
        var sample = await Publish(Path.Combine(repository, "samples", "AgentRun"), Path.Combine(folder, "sample"), "AgentRun");

        var scratch = Directory.CreateTempSubdirectory("nagare-bench");
        try
        {
            var programs = new[]
            {
                new Started("bare program", bare, []),
                new Started("sample, its story", sample, []),
                // The journal that the first story left.
                new Started("sample, runs list", sample, ["runs", "list", "--db", "agent-run-story.db"]),
            };
            await Time(programs, rounds, scratch.FullName);
            return Print(output, programs, rounds);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static async Task Time(IReadOnlyList<Started> programs, int rounds, string folder)
    {
        // The first round fills the disk's cache and leaves the journal that is listed; it does not count.
        for (var round = 0; round <= rounds; round++)
        {
            for (var i = 0; i < programs.Count; i++)
            {
                var program = programs[round == 0 ? i : (i + round) % programs.Count];
                var elapsed = await TimeToFirstLine(program, folder);
                if (round > 0)
                {
                    program.Milliseconds.Add(elapsed.TotalMilliseconds);
                }
            }
        }
    }

    private static bool Print(TextWriter output, IReadOnlyList<Started> programs, int rounds)
    {
        output.WriteLine();
        output.WriteLine($"Native AOT, time to the first line, {rounds} rounds; at most {MostAdded.TotalMilliseconds:0} ms more than the bare program allowed");
        var bare = programs[0];
        output.WriteLine($"  {bare.Name,-20} {Interleaved.Median(bare.Milliseconds),6:0.0} ms               {Size(bare.Path)}");
        var holds = true;
        foreach (var program in programs.Skip(1))
        {
            var added = program.Milliseconds.Zip(bare.Milliseconds, static (mine, theirs) => mine - theirs).ToList();
            var isWithin = Interleaved.Median(added) < MostAdded.TotalMilliseconds;
            holds &= isWithin;
            output.WriteLine($"  {program.Name,-20} {Interleaved.Median(program.Milliseconds),6:0.0} ms, {Interleaved.Median(added),5:0.0} more  {Size(program.Path)}, and {LibrarySize(program.Path)} of SQLite{(isWithin ? "" : "  ABOVE THE LIMIT")}");
        }

        return holds;
    }

    private static bool HasLinker() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc")));

    private static string LibrarySize(string program) =>
        $"{Directory.EnumerateFiles(Path.GetDirectoryName(program)!, "*e_sqlite3.*").Sum(file => new FileInfo(file).Length) / 1024.0 / 1024.0:0.0} MB";

    private static string Size(string program) => $"{new FileInfo(program).Length / 1024.0 / 1024.0:0.0} MB";

    private static async Task<string> PublishBare(string folder)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "bare.csproj"), BareProject);
        await File.WriteAllTextAsync(Path.Combine(folder, "Directory.Build.props"), "<Project />");
        await File.WriteAllTextAsync(Path.Combine(folder, "Directory.Build.targets"), "<Project />");
        await File.WriteAllTextAsync(Path.Combine(folder, "Directory.Packages.props"), "<Project />");
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), "System.Console.WriteLine(\"hello\");");
        return await Publish(folder, Path.Combine(folder, "out"), "bare");
    }

    private static async Task<string> Publish(string project, string output, string name)
    {
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", project, "-c", "Release", "--use-current-runtime", "--output", output, "-v", "quiet", "--nologo"]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("dotnet publish did not start.");
        var said = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0 ? Path.Combine(output, name) : throw new InvalidOperationException($"dotnet publish {name} ended with code {publish.ExitCode}:\n{said}");
    }

    private static async Task<TimeSpan> TimeToFirstLine(Started program, string folder)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program.Path, program.Arguments) { RedirectStandardOutput = true, WorkingDirectory = folder })
            ?? throw new InvalidOperationException($"{program.Path} did not start.");
        var line = await process.StandardOutput.ReadLineAsync();
        var elapsed = watch.Elapsed;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return line is null ? throw new InvalidOperationException($"{program.Path} printed nothing.") : elapsed;
    }

    /// <summary>A program with its arguments, and what it took in each round.</summary>
    private sealed record Started(string Name, string Path, IReadOnlyList<string> Arguments)
    {
        public List<double> Milliseconds { get; } = [];
    }
}
