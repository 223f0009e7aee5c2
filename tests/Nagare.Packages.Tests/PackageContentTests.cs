using System.IO.Compression;
using System.Reflection.PortableExecutable;

namespace Nagare.Packages;

/// <summary>What a package says about itself, and what is in it.</summary>
public class PackageContentTests(Feed feed)
{
    public static TheoryData<string> Packages => [.. Libraries];

    private static readonly string[] Libraries = ["Nagare", "Nagare.Relational", "Nagare.Sqlite", "Nagare.PostgreSql", "Nagare.MySql", "Nagare.SqlServer", "Nagare.Integrity", "Nagare.Testing", "Nagare.CommandLine"];

    [Fact]
    public void Nagare_depends_on_abstractions_only()
    {
        var dependencies = feed.Nuspec("Nagare").Descendants("dependency").Select(dependency => (string)dependency.Attribute("id")!).ToList();
        Assert.NotEmpty(dependencies);
        Assert.All(dependencies, id => Assert.Matches(@"^Microsoft\.Extensions\.(\w+\.)*Abstractions$", id));
    }

    [Fact]
    public void Generators_analyzers_and_code_fixes_ride_inside_Nagare_and_nowhere_else()
    {
        foreach (var id in Libraries)
        {
            using var package = feed.Open(id);
            var inside = package.Entries.Where(entry => entry.FullName.StartsWith("analyzers/", StringComparison.Ordinal)).Select(entry => entry.FullName).Order(StringComparer.Ordinal);
            Assert.Equal(
                id == "Nagare" ? ["analyzers/dotnet/cs/Nagare.Analyzers.dll", "analyzers/dotnet/cs/Nagare.CodeFixes.dll", "analyzers/dotnet/cs/Nagare.Generators.dll"] : [],
                inside);
        }
    }

    [Theory, MemberData(nameof(Packages))]
    public void What_builds_on_Nagare_hands_its_generators_on(string id)
    {
        var ours = feed.Nuspec(id).Descendants("dependency").Where(dependency => ((string)dependency.Attribute("id")!).StartsWith("Nagare", StringComparison.Ordinal)).ToList();
        Assert.Equal(id != "Nagare", ours.Count > 0);
        Assert.All(ours, dependency =>
        {
            Assert.Null(dependency.Attribute("exclude"));
            Assert.Equal(feed.Version, (string?)dependency.Attribute("version"));
        });
    }

    [Theory, MemberData(nameof(Packages))]
    public void A_package_says_what_it_is_under_which_licence_and_from_which_commit(string id)
    {
        var nuspec = feed.Nuspec(id);
        Assert.Equal("MIT", nuspec.Element("license")!.Value);
        Assert.Equal("expression", (string?)nuspec.Element("license")!.Attribute("type"));
        Assert.NotEqual("Package Description", nuspec.Element("description")!.Value);
        Assert.Equal("README.md", nuspec.Element("readme")!.Value);
        Assert.Equal("git", (string?)nuspec.Element("repository")!.Attribute("type"));
        Assert.Matches("^[0-9a-f]{40}$", (string?)nuspec.Element("repository")!.Attribute("commit"));

        // A host is named where the clone has one that others can open, and never made up.
        Assert.True((string?)nuspec.Element("repository")!.Attribute("url") is null or ['h', 't', 't', 'p', 's', ':', '/', '/', ..]);
        Assert.Null(nuspec.Element("projectUrl"));

        using var package = feed.Open(id);
        using var readme = new StreamReader(package.GetEntry("README.md")!.Open());
        Assert.StartsWith($"# {id}\n", readme.ReadToEnd(), StringComparison.Ordinal);
        Assert.NotNull(package.GetEntry($"lib/net10.0/{id}.xml"));
    }

    [Theory, MemberData(nameof(Packages))]
    public void Every_assembly_carries_its_symbols_and_no_path_of_the_machine_that_built_it(string id)
    {
        using var package = feed.Open(id);
        foreach (var entry in package.Entries.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal)))
        {
            using var assembly = new PEReader([.. Bytes(entry)]);
            var debug = assembly.ReadDebugDirectory();
            Assert.Contains(debug, part => part.Type == DebugDirectoryEntryType.Reproducible);
            using var provider = assembly.ReadEmbeddedPortablePdbDebugDirectoryData(debug.Single(part => part.Type == DebugDirectoryEntryType.EmbeddedPortablePdb));
            var symbols = provider.GetMetadataReader();
            Assert.All(symbols.Documents, document => Assert.StartsWith("/_", symbols.GetString(symbols.GetDocument(document).Name), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_public_surface_of_every_library_is_written_down()
    {
        foreach (var project in Directory.EnumerateFiles(Checkout.File("src", "Runtime"), "*.csproj", SearchOption.AllDirectories).Append(Checkout.File("src", "Tools", "Nagare.CommandLine", "Nagare.CommandLine.csproj")))
        {
            string[] lists = ["PublicAPI.Shipped.txt", "PublicAPI.Unshipped.txt"];
            var lines = lists.SelectMany(list => File.ReadAllLines(Path.Combine(Path.GetDirectoryName(project)!, list))).ToList();
            Assert.True(lines.Count > lists.Length, $"{project} has no public surface.");
        }
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var copy = new MemoryStream();
        using var stream = entry.Open();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
