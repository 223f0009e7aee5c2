using System.Diagnostics;

namespace Nagare.Packages;

/// <summary>Runs programs as a person at a prompt would, in a folder.</summary>
internal static class Tool
{
    // A step that hangs fails; the slowest, a Native AOT publish on two busy cores, takes two minutes.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>What a program printed, both streams together, and its exit code.</summary>
    public readonly record struct Outcome(int ExitCode, string Output)
    {
        /// <summary>The output, if the program said that all went well.</summary>
        public string Succeeded() => ExitCode == 0 ? Output : throw new Xunit.Sdk.XunitException($"Exit code {ExitCode}:\n{Output}");
    }

    /// <summary>Whether a program of that name is in the path.</summary>
    public static bool Exists(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe")));

    /// <summary>Runs a program to its end.</summary>
    public static async Task<Outcome> Run(string folder, IReadOnlyDictionary<string, string> environment, string program, IEnumerable<string> arguments, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(static name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new Outcome(process.ExitCode, await output + await errors);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
