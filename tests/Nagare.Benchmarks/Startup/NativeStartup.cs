using System.Diagnostics;

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

    /// <summary>Publishes both, times both in turns, prints the figures; whether the sample stays within its allowance.</summary>
    public static async Task<bool> Run(TextWriter output, string repository, int rounds, Action<string> progress)
    {
        var folder = Path.Combine(repository, "artifacts", "bench-startup");
        progress("publishing the bare program and the sample with Native AOT");
        var bare = await PublishBare(Path.Combine(folder, "bare"));
        var sample = await Publish(Path.Combine(repository, "samples", "AgentRun"), Path.Combine(folder, "sample"), "AgentRun");

        var bareTimes = new List<double>();
        var sampleTimes = new List<double>();
        var scratch = Directory.CreateTempSubdirectory("nagare-bench");
        try
        {
            for (var round = 0; round <= rounds; round++)
            {
                var first = await TimeToFirstLine(round % 2 == 0 ? bare : sample, scratch.FullName);
                var second = await TimeToFirstLine(round % 2 == 0 ? sample : bare, scratch.FullName);
                if (round > 0)
                {
                    bareTimes.Add((round % 2 == 0 ? first : second).TotalMilliseconds);
                    sampleTimes.Add((round % 2 == 0 ? second : first).TotalMilliseconds);
                }
            }
        }
        finally
        {
            scratch.Delete(recursive: true);
        }

        var added = sampleTimes.Zip(bareTimes, static (mine, theirs) => mine - theirs).Order().ElementAt(rounds / 2);
        output.WriteLine();
        output.WriteLine("Native AOT, time to the first line");
        output.WriteLine($"  bare program  {bareTimes.Order().ElementAt(rounds / 2):0.0} ms, {Size(bare)}");
        output.WriteLine($"  sample        {sampleTimes.Order().ElementAt(rounds / 2):0.0} ms, {Size(sample)}");
        output.WriteLine($"  added         {added:0.0} ms (median of {rounds} rounds), at most {MostAdded.TotalMilliseconds:0} allowed{(added < MostAdded.TotalMilliseconds ? "" : "  ABOVE THE LIMIT")}");
        return added < MostAdded.TotalMilliseconds;
    }

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

    private static async Task<TimeSpan> TimeToFirstLine(string program, string folder)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program) { RedirectStandardOutput = true, WorkingDirectory = folder })
            ?? throw new InvalidOperationException($"{program} did not start.");
        var line = await process.StandardOutput.ReadLineAsync();
        var elapsed = watch.Elapsed;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return line is null ? throw new InvalidOperationException($"{program} printed nothing.") : elapsed;
    }
}
