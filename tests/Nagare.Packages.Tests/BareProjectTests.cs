using System.Runtime.InteropServices;
using System.Text.Json;

namespace Nagare.Packages;

/// <summary>A bare project outside the checkout that has nothing but the packages.</summary>
public class BareProjectTests(Feed feed)
{
    private static readonly string[] CompilerParts = ["Nagare.Analyzers", "Nagare.CodeFixes", "Nagare.Generators"];

    private const string Story = "v1 9 sacks ordered: for Riverside\nv2 Shipped\nOrder { Sacks = 9, IsShipped = True }\n";

    [Fact]
    public async Task It_builds_without_a_warning_runs_and_hears_the_analyzer_when_an_event_changes()
    {
        using var workplace = new Workplace(feed);
        BareProject.Write(workplace, "bare", feed);
        (await workplace.Dotnet("bare", "build", "-warnaserror")).Succeeded();
        Assert.Equal(Story, (await workplace.Dotnet("bare", "run", "--no-build")).Succeeded().ReplaceLineEndings("\n"));

        workplace.Edit("bare/Orders.cs", "[Event(\"order-shipped\"), Explain(\"Shipped\")]", "[Event(\"order-shipped\")]");
        var changed = await workplace.Dotnet("bare", "build", "--no-restore", "-warnaserror");
        Assert.NotEqual(0, changed.ExitCode);
        Assert.Contains("Orders.cs(10,26): error NAG1001", changed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_chooses_how_strict_the_rules_are()
    {
        using var workplace = new Workplace(feed);
        BareProject.Write(workplace, "bare", feed);
        // Advice, here that shapes are not locked, is a warning to the strict.
        Assert.Contains("warning NAG2027", (await workplace.Dotnet("bare", "build", "-p:NagareRules=strict")).Succeeded(), StringComparison.Ordinal);

        workplace.Edit("bare/Orders.cs", "[Event(\"order-shipped\"), Explain(\"Shipped\")]", "[Event(\"order-shipped\")]");
        var lenient = (await workplace.Dotnet("bare", "build", "--no-restore")).Succeeded();
        Assert.Contains("Orders.cs(10,26): warning NAG1001", lenient, StringComparison.Ordinal);
        Assert.DoesNotContain("NAG2027", lenient, StringComparison.Ordinal);
        // A property on the command line makes no file newer, so the compiler is told to run.
        var strict = await workplace.Dotnet("bare", "build", "--no-restore", "--no-incremental", "-p:NagareRules=strict");
        Assert.NotEqual(0, strict.ExitCode);
        Assert.Contains("Orders.cs(10,26): error NAG1001", strict.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Published_with_Native_AOT_it_runs_and_says_the_same()
    {
        Assert.SkipUnless(Tool.Exists("clang") || Tool.Exists("gcc") || RuntimeInformation.IsOSPlatform(OSPlatform.Windows), "Native AOT needs a C linker, and there is neither clang nor gcc");
        using var workplace = new Workplace(feed);
        BareProject.Write(workplace, "bare", feed);
        (await workplace.Dotnet("bare", "publish", "-warnaserror", "--use-current-runtime", "--output", "published")).Succeeded();
        Assert.False(File.Exists(Path.Combine(workplace.Folder, "bare", "published", "Bare.dll")));
        Assert.Equal(Story, (await workplace.Run("bare", Path.Combine(workplace.Folder, "bare", "published", "Bare"), [])).Succeeded());
    }

    [Fact]
    public async Task The_schema_stays_in_the_metadata_of_a_trimmed_assembly_and_of_the_one_that_Native_AOT_is_made_from()
    {
        using var workplace = new Workplace(feed);
        BareProject.Write(workplace, "bare", feed);
        (await workplace.Dotnet("bare", "publish", "-warnaserror", "--use-current-runtime", "--output", "trimmed", "-p:PublishAot=false", "-p:PublishTrimmed=true")).Succeeded();
        var built = Directory.GetFiles(Path.Combine(workplace.Folder, "bare", "bin"), "Bare.dll", SearchOption.AllDirectories);
        Assert.NotEmpty(built);

        // As the tool finds it: text in the assembly's own metadata.
        Assert.All(built.Append(Path.Combine(workplace.Folder, "bare", "trimmed", "Bare.dll")), file => Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf("event order order-placed 1 draft"u8) > 0, file));
    }

    [Fact]
    public async Task Two_packages_that_bring_the_generators_load_them_once_and_a_generator_that_cannot_be_loaded_is_an_error()
    {
        using var workplace = new Workplace(feed);
        BareProject.WriteSecondBringer(workplace, feed);
        BareProject.Write(workplace, "twice", feed, """<PackageReference Include="Contoso.Agents" Version="1.0.0" />""");
        var build = (await workplace.Dotnet("twice", "build", "-warnaserror", "-target:Build", "-getItem:Analyzer")).Succeeded();
        var analyzers = JsonDocument.Parse(build).RootElement.GetProperty("Items").GetProperty("Analyzer").EnumerateArray().ToList();
        var ours = analyzers.Where(item => item.GetProperty("Filename").GetString()!.StartsWith("Nagare", StringComparison.Ordinal)).ToList();
        Assert.Equal(CompilerParts, ours.Select(item => item.GetProperty("Filename").GetString()).Order(StringComparer.Ordinal));
        Assert.All(ours, item => Assert.Contains(Path.Combine(".packages", "nagare", feed.Version), item.GetProperty("FullPath").GetString(), StringComparison.Ordinal));

        NewerCompiler.WriteGenerator(Path.Combine(workplace.Folder, "twice", "Contoso.Generators.dll"));
        workplace.Edit("twice/Bare.csproj", "</ItemGroup>", "<Analyzer Include=\"Contoso.Generators.dll\" /></ItemGroup>");
        var newer = await workplace.Dotnet("twice", "build", "--no-restore");
        Assert.NotEqual(0, newer.ExitCode);
        Assert.True(newer.Output.Contains("error CS9057", StringComparison.Ordinal), newer.Output);
    }
}
