using System.IO.Compression;
using System.Xml.Linq;

[assembly: AssemblyFixture(typeof(Nagare.Packages.Feed))]

namespace Nagare.Packages;

/// <summary>The packages as eng/pack makes them, in a folder that serves as a feed. Packed once for all tests.</summary>
public sealed class Feed : IAsyncLifetime
{
    /// <summary>The folder of the packages.</summary>
    public string Folder { get; } = Checkout.File("artifacts", "packages-under-test");

    /// <summary>The version that they have.</summary>
    public string Version { get; } = XDocument.Load(Checkout.File("Directory.Build.props")).Descendants("Version").Single().Value;

    /// <summary>Why there are no packages to test, or null.</summary>
    public string? Missing { get; } = Tool.Exists("bash") ? null : "eng/pack needs bash, which is not here";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Missing is null)
        {
            (await Tool.Run(Checkout.Root, new Dictionary<string, string>(), "bash", [Checkout.File("eng", "pack"), Folder])).Succeeded();
        }
    }

    /// <summary>Opens a package.</summary>
    public ZipArchive Open(string id)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        return ZipFile.OpenRead(Path.Combine(Folder, $"{id}.{Version}.nupkg"));
    }

    /// <summary>The package's description of itself, without its namespace.</summary>
    public XElement Nuspec(string id)
    {
        using var package = Open(id);
        using var stream = package.GetEntry($"{id}.nuspec")!.Open();
        var nuspec = XDocument.Load(stream).Root!;
        foreach (var element in nuspec.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
        }

        return nuspec.Element("metadata")!;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
