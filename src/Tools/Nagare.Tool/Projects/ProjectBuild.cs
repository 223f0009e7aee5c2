using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;

namespace Nagare.Tool;

/// <summary>What a project builds, as MSBuild says it, and whether that is what the code says now.</summary>
/// <param name="Project">The project's file.</param>
/// <param name="File">The assembly; empty for a project that builds for several frameworks and was not asked for one.</param>
/// <param name="Framework">The first of several frameworks, or none.</param>
/// <param name="AssetsFile">What a restore left, which names every project that this one refers to, over others too; empty where there is no such thing.</param>
internal sealed record ProjectBuild(string Project, string File, IReadOnlyList<string> Framework, string AssetsFile)
{
    private string Folder => Path.GetDirectoryName(Project)!;

    /// <param name="project">The project's file.</param>
    /// <param name="output">What MSBuild answered to several -getProperty.</param>
    public static ProjectBuild Parse(string project, string output)
    {
        using var answer = JsonDocument.Parse(output);
        var properties = answer.RootElement.GetProperty("Properties");
        return new ProjectBuild(
            project,
            Text("TargetPath"),
            [.. Text("TargetFrameworks").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(1)],
            Text("ProjectAssetsFile"));

        string Text(string name) => properties.GetProperty(name).GetString()!.Trim();
    }

    /// <summary>Whether a source of the project, or of one whose types its events may hold, is newer than the assembly, or is gone.</summary>
    public bool IsOlderThanCode()
    {
        var built = System.IO.File.GetLastWriteTimeUtc(File);
        return References().Prepend(Project)
            .SelectMany(static project => ProjectFinder.Sources(Path.GetDirectoryName(project)!).Prepend(project))
            .Any(source => System.IO.File.GetLastWriteTimeUtc(source) > built)
            || Compiled().Any(IsGone);
    }

    private IEnumerable<string> References()
    {
        if (!System.IO.File.Exists(AssetsFile))
        {
            return [];
        }

        using var assets = JsonDocument.Parse(System.IO.File.ReadAllBytes(AssetsFile));
        return [.. assets.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(static library => library.Value.TryGetProperty("msbuildProject", out _))
            .Select(library => Path.GetFullPath(library.Value.GetProperty("msbuildProject").GetString()!, Folder))
            .Where(System.IO.File.Exists)];
    }

    // The files that the compiler read, by the debugging information; none where there is none, or where it names them otherwise.
    private List<string> Compiled()
    {
        using var stream = System.IO.File.OpenRead(File);
        using var assembly = new PEReader(stream);
        if (!assembly.TryOpenAssociatedPortablePdb(File, static path => System.IO.File.Exists(path) ? System.IO.File.OpenRead(path) : null, out var provider, out _))
        {
            return [];
        }

        using (provider)
        {
            var reader = provider!.GetMetadataReader();
            return [.. reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name))];
        }
    }

    private bool IsGone(string source) =>
        source.StartsWith(Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        && !ProjectFinder.IsOfBuild(Path.GetRelativePath(Folder, source))
        && !System.IO.File.Exists(source);
}
