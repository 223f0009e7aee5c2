using System.Diagnostics;
using Nagare.Analyzers;

namespace Nagare.CodeFixes.Tests;

/// <summary>What a person types in a terminal: <c>dotnet format analyzers</c> over a solution whose events, explainers and aggregates stand in different files.</summary>
public sealed class FormatWholeSolutionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nagare-format-").FullName;

    [Fact]
    public async Task The_fixes_reach_every_file_of_a_solution()
    {
        Write("Runs/RunEvent.cs", """
            using Nagare;

            namespace Runs;

            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                [Event] public sealed record Started(string Prompt) : RunEvent;
                [Event] public sealed record Failed(string Error) : RunEvent;
                [Event] public sealed record Ended(string Answer) : RunEvent;
            }
            """);
        Write("Runs/RunExplainer.cs", """
            using Nagare;

            namespace Runs;

            [Explainer]
            public sealed partial class RunExplainer : IEventExplainer<RunEvent>
            {
                private Explanation Explain(RunEvent.Started e) => new("Started", e.Prompt);
            }
            """);
        Write("Runs/Run.cs", """
            using Nagare;

            namespace Runs;

            [Aggregate]
            public sealed partial record Run : IAggregate<Run, RunEvent>
            {
                private Run Apply(RunEvent.Started e) => this;
            }
            """);
        Write("Bills/BillEvent.cs", """
            using Nagare;

            namespace Bills;

            [EventFamily("bill")]
            public abstract partial record BillEvent
            {
                [Event] public sealed record Paid(decimal Amount) : BillEvent;
                [Event, Explain("Voided")] public record Voided : BillEvent;
            }

            [EventModel]
            public sealed partial class BillModel;
            """);
        WriteProject("Runs");
        WriteProject("Bills");
        Write("All.slnx", """
            <Solution>
              <Project Path="Runs/Runs.csproj" />
              <Project Path="Bills/Bills.csproj" />
            </Solution>
            """);

        var restore = await Dotnet("restore", "All.slnx");
        Assert.SkipWhen(restore.ExitCode != 0, $"dotnet restore does not work here: {restore.Output}");

        var format = await Dotnet("format", "analyzers", "All.slnx", "--no-restore", "--diagnostics", MissingExplanationAnalyzer.Id, UnhandledEventAnalyzer.Id, UnsealedEventAnalyzer.Id);
        Assert.True(format.ExitCode == 0, format.Output);

        var explainer = Read("Runs/RunExplainer.cs");
        Assert.Contains("private Explanation Explain(RunEvent.Failed e) => new(\"Failed\", $\"error {e.Error}\");", explainer);
        Assert.Contains("private Explanation Explain(RunEvent.Ended e) => new(\"Ended\", $\"answer {e.Answer}\");", explainer);
        Assert.DoesNotContain("[Event, Explain", Read("Runs/RunEvent.cs"));

        var aggregate = Read("Runs/Run.cs");
        Assert.Contains("private Run Apply(RunEvent.Failed e) => this;", aggregate);
        Assert.Contains("private Run Apply(RunEvent.Ended e) => this;", aggregate);

        Assert.Contains("[Event, Explain(\"Paid\", \"amount {Amount}\")] public sealed record Paid(decimal Amount) : BillEvent;", Read("Bills/BillEvent.cs"));
        Assert.Contains("[Event, Explain(\"Voided\")] public sealed record Voided : BillEvent;", Read("Bills/BillEvent.cs"));
    }

    [Fact]
    public async Task The_fixes_reach_the_lock_beside_the_project()
    {
        Write("Runs/RunEvent.cs", """
            using Nagare;

            namespace Runs;

            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                [Event] public sealed record Called(string Tool, string Calls) : RunEvent;
                [Event] public sealed record Failed(string Reason) : RunEvent;
                [Event] public sealed record Ended(string Answer) : RunEvent;
            }
            """);
        Write("Runs/nagare.schema", """
            nagare-schema 1

            family run

            event run called 1 sealed
              member calls int64
              member tool string

            event run failed 1 sealed
              member error string
            """);
        WriteProject("Runs");
        var restore = await Dotnet("restore", "Runs/Runs.csproj");
        Assert.SkipWhen(restore.ExitCode != 0, $"dotnet restore does not work here: {restore.Output}");

        var format = await Dotnet("format", "analyzers", "Runs/Runs.csproj", "--no-restore", "--diagnostics", "NAG2020", "NAG2026");
        Assert.True(format.ExitCode == 0, format.Output);

        var code = Read("Runs/RunEvent.cs");
        Assert.Contains("[Event(Version = 2)] public sealed record Called(string Tool, string Calls) : RunEvent;", code);
        Assert.Contains("[Event] public sealed record Failed([FormerName(\"error\")] string Reason) : RunEvent;", code);
        Assert.Contains("[PastEvent<RunEvent>(\"called\", 1)]\npublic sealed record CalledV1(long Calls, string Tool);", code);
        Assert.Contains("internal static RunEvent.Called Upcast(CalledV1 old) => new(Tool: old.Tool, Calls: old.Calls.ToString(System.Globalization.CultureInfo.InvariantCulture));", code);

        format = await Dotnet("format", "analyzers", "Runs/Runs.csproj", "--no-restore", "--diagnostics", "NAG2021", "NAG2022", "NAG2023");
        Assert.True(format.ExitCode == 0, format.Output);
        Assert.Equal(
            """
            nagare-schema 1  # what stored events look like; written by 'nagare schema update' and the code fixes, read in review

            family run  # Runs.RunEvent

            event run called 1 sealed past  # Runs.CalledV1
              member calls int64  # Calls
              member tool string  # Tool

            event run called 2 draft  # Runs.RunEvent.Called
              member calls string  # Calls
              member tool string  # Tool

            event run ended 1 draft  # Runs.RunEvent.Ended
              member answer string  # Answer

            event run failed 1 sealed  # Runs.RunEvent.Failed
              former error is reason
              member reason string  # Reason

            """,
            Read("Runs/nagare.schema"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Read(string path) => File.ReadAllText(Path.Combine(_folder, path));

    private void Write(string path, string text)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text + "\n");
    }

    // As the package brings them, without a package: the assemblies of this build.
    private void WriteProject(string name) => Write($"{name}/{name}.csproj", $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
          </PropertyGroup>
          <ItemGroup>
            <Reference Include="{typeof(EventAttribute).Assembly.Location}" />
            <Analyzer Include="{typeof(MissingExplanationAnalyzer).Assembly.Location}" />
            <Analyzer Include="{typeof(MissingExplanationCodeFix).Assembly.Location}" />
          </ItemGroup>
          <Import Project="{Checkout.File("src", "Runtime", "Nagare", "buildTransitive", "Nagare.SchemaLock.targets")}" />
        </Project>
        """);

    private async Task<(int ExitCode, string Output)> Dotnet(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
