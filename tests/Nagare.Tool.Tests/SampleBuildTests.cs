using System.Diagnostics;
using Nagare.Analyzers;
using Nagare.CodeFixes;
using Nagare.Generators;

namespace Nagare.Tool.Tests;

/// <summary>The sample's events in a project of their own, broken in many ways at once: what people type in a terminal, and what it answers.</summary>
public class SampleBuildTests
{
    private const string Events = "AgentRun/AgentRunEvent.cs";

    [Fact]
    public async Task The_build_refuses_the_breaks_dotnet_format_repairs_them_and_the_difference_is_shown()
    {
        using var desk = new Desk();
        Write(desk);
        var first = await Dotnet(desk, "build");
        Assert.SkipWhen(first.Output.Contains("error NU", StringComparison.Ordinal), $"dotnet restore does not work here: {first.Output}");
        Assert.True(first.ExitCode == 0, first.Output);
        Assert.DoesNotContain("NAG20", first.Output, StringComparison.Ordinal);
        desk.Commit("released");

        Break(desk, "Aborted(string Reason)", "Aborted(int Reason)");
        Break(desk, "Instructed(string Text,", "Instructed(string Prompt,");
        Break(desk, "Noted(string Kind,", "Noted(IReadOnlyList<string> Kind,");
        Break(desk, "string? Shown = null, int? ReturnCode = null, double? Seconds = null, IReadOnlyList<SourcePart>? Source = null) : AgentRunEvent;\n\n    /// <summary>A tool failed", "string? Shown = null, long? ReturnCode = null, double? Seconds = null, IReadOnlyList<SourcePart>? Source = null) : AgentRunEvent;\n\n    /// <summary>A tool failed");
        Break(desk, "bool Passed, decimal? Score, string By,", "bool Passed, decimal? Score, string By, int Judges, string? Seal = null,");
        Break(desk, "    /// <summary>Somebody stopped the run.</summary>", "    [Event] public sealed record Paused(string Until) : AgentRunEvent;\n\n    /// <summary>Somebody stopped the run.</summary>");

        // In the build, at each member, with its way out.
        var refused = await Dotnet(desk, "build", "--no-restore");
        Assert.Equal(1, refused.ExitCode);
        Says(desk, refused.Output, "Reason)", "error NAG2020: agent-run/aborted version 1, reason: string → number ('member reason string' → 'member reason int32'); stored events could not be read: bump the version and write an upcaster from the old shape");
        Says(desk, refused.Output, "Prompt,", "error NAG2026: agent-run/instructed version 1, prompt: member renamed without former name ('member text string' → 'member prompt string'); stored events could not be read: put [FormerName] with the old name on it");
        Says(desk, refused.Output, "Kind,", "error NAG2020: agent-run/noted version 1, kind: scalar → list");
        Says(desk, refused.Output, "Judges,", "error NAG2020: agent-run/graded version 1, judges: member added, required");
        Says(desk, refused.Output, "Seal = null", "warning NAG2023: agent-run/graded version 1, seal: member added, nullable");
        Says(desk, refused.Output, "ReturnCode = null, double? Seconds = null, IReadOnlyList<SourcePart>? Source = null) : AgentRunEvent;\n\n    /// <summary>A tool failed", "warning NAG2021: agent-run/tool-returned version 1, returnCode: number widened");
        Says(desk, refused.Output, "Paused(", "warning NAG2022: agent-run/paused version 1: event added");

        // In the pull request. The build failed, so the tool makes one aside.
        var (exitCode, table, _) = await desk.Nagare("schema", "diff", "main");
        Assert.Equal(1, exitCode);
        Assert.Contains("| agent-run/aborted version 1, reason | string → number | `member reason string` | `member reason int32` | **breaks** | **breaks** |", table, StringComparison.Ordinal);
        Assert.Contains("7 changes: 4 by which stored events could not be read", table, StringComparison.Ordinal);

        // In a terminal, without an editor.
        var format = await Dotnet(desk, "format", "analyzers", "AgentRun/AgentRun.csproj", "--no-restore", "--diagnostics", "NAG2020", "NAG2026");
        Assert.True(format.ExitCode == 0, format.Output);
        format = await Dotnet(desk, "format", "analyzers", "AgentRun/AgentRun.csproj", "--no-restore", "--diagnostics", "NAG2021", "NAG2022", "NAG2023");
        Assert.True(format.ExitCode == 0, format.Output);
        var code = desk.Read(Events);
        Assert.Contains("Instructed([FormerName(\"text\")] string Prompt,", code, StringComparison.Ordinal);
        Assert.Contains("Upcast(NotedV1 old) => new(Kind: [old.Kind], Text: old.Text, Source: old.Source);", code, StringComparison.Ordinal);

        var repaired = await Dotnet(desk, "build", "--no-restore");
        Assert.True(repaired.ExitCode == 0 && !repaired.Output.Contains("NAG20", StringComparison.Ordinal), $"{repaired.Output}\n{code}\n{desk.Read("AgentRun/nagare.schema")}");
        table = await desk.Fine("schema", "diff", "main");
        Assert.Contains("| agent-run/aborted version 2 | version bumped, with upcaster |", table, StringComparison.Ordinal);
        Assert.Contains("| agent-run/instructed version 1, prompt | member renamed with former name |", table, StringComparison.Ordinal);
        Assert.Equal("1 lock verified against main\n", await desk.Fine("schema", "verify", "main"));
    }

    private static void Write(Desk desk)
    {
        foreach (var file in (string[])["Model/AgentRunEvent.cs", "Model/SourcePart.cs", "Model/RunVerdictEvent.cs", "nagare.schema"])
        {
            desk.Write($"AgentRun/{Path.GetFileName(file)}", File.ReadAllText(Checkout.File("samples", "AgentRun", file)).ReplaceLineEndings("\n"));
        }

        // As the package brings them, without a package: the assemblies of this build.
        desk.Write("AgentRun/AgentRun.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <NoWarn>$(NoWarn);NAG1001</NoWarn>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{typeof(EventAttribute).Assembly.Location}" />
                <Analyzer Include="{typeof(FamilyGenerator).Assembly.Location}" />
                <Analyzer Include="{typeof(SchemaLockAnalyzer).Assembly.Location}" />
                <Analyzer Include="{typeof(VersionBumpCodeFix).Assembly.Location}" />
              </ItemGroup>
              <Import Project="{Checkout.File("src", "Runtime", "Nagare", "buildTransitive", "Nagare.SchemaLock.targets")}" />
            </Project>
            """);
    }

    private static void Break(Desk desk, string before, string after)
    {
        var text = desk.Read(Events);
        Assert.Equal(2, text.Split(before).Length);
        desk.Write(Events, text.Replace(before, after, StringComparison.Ordinal));
    }

    // The compiler's own way to name a place: FILE(LINE,COLUMN).
    private static void Says(Desk desk, string output, string at, string message)
    {
        var before = desk.Read(Events);
        before = before[..before.IndexOf(at, StringComparison.Ordinal)];
        var line = before.Count(static c => c == '\n') + 1;
        var column = before.Length - before.LastIndexOf('\n');
        Assert.True(output.Contains($"AgentRunEvent.cs({line},{column}): {message}", StringComparison.Ordinal), $"({line},{column}): {message}\n{output}");
    }

    private static async Task<(int ExitCode, string Output)> Dotnet(Desk desk, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [.. arguments])
        {
            WorkingDirectory = Path.Combine(desk.Folder, arguments[0] == "format" ? "." : "AgentRun"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
