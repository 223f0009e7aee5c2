using System.Text.RegularExpressions;
using System.Xml.Linq;
using Nagare.CommandLine;
using Nagare.Schema;

namespace Nagare.Tool;

/// <summary>Finds the projects that hold events: those of the solution, that have a lock or declare a family.</summary>
internal static partial class ProjectFinder
{
    private const string ProjectExtension = ".csproj";

    /// <param name="host">The folder.</param>
    /// <param name="named">What <c>--project</c> names: a project, a solution or a folder; null for the folder at hand.</param>
    public static IReadOnlyList<EventProject> Find(ToolHost host, string? named)
    {
        var place = Path.GetFullPath(named ?? ".", host.Folder);
        var projects = Path.GetExtension(place) switch
        {
            ProjectExtension when File.Exists(place) => [place],
            ".sln" or ".slnx" when File.Exists(place) => OfSolution(place),
            _ when Directory.Exists(place) => OfFolder(place),
            _ => throw new CommandException(ExitCode.NotFound, $"there is no project, solution or folder {named}"),
        };
        if (projects.Count == 0)
        {
            throw new CommandException(ExitCode.NotFound, $"there is no project in {named ?? "this folder"}; go where the solution is, or name it with --project");
        }

        var found = projects.Select(project => new EventProject(project, host)).Where(project => File.Exists(project.LockFile) || DeclaresFamily(project.Folder)).ToList();
        return found.Count > 0 ? found : throw new CommandException(ExitCode.NotFound, $"no project of {named ?? "this folder"} has a {SchemaLock.FileName} or an [EventFamily]");
    }

    private static IReadOnlyList<string> OfFolder(string folder)
    {
        var solutions = Directory.EnumerateFiles(folder, "*.sln").Concat(Directory.EnumerateFiles(folder, "*.slnx")).ToList();
        return solutions.Count > 0
            ? [.. solutions.SelectMany(OfSolution).Distinct(StringComparer.Ordinal)]
            : [.. Below(folder, "*" + ProjectExtension).Order(StringComparer.Ordinal)];
    }

    private static IReadOnlyList<string> OfSolution(string solution)
    {
        var text = File.ReadAllText(solution);
        var paths = solution.EndsWith(".slnx", StringComparison.Ordinal)
            ? XDocument.Parse(text).Descendants("Project").Select(static project => (string?)project.Attribute("Path") ?? "")
            : SolutionProject().Matches(text).Select(static match => match.Groups["path"].Value);
        var folder = Path.GetDirectoryName(solution)!;
        return [.. paths
            .Where(static path => path.EndsWith(ProjectExtension, StringComparison.Ordinal))
            .Select(path => Path.GetFullPath(path.Replace('\\', '/'), folder))
            .Where(File.Exists)
            .Order(StringComparer.Ordinal)];
    }

    private static bool DeclaresFamily(string folder) => Sources(folder).Any(static file => FamilyMark().IsMatch(File.ReadAllText(file)));

    /// <summary>The C# files below a folder, without those of a build.</summary>
    public static IEnumerable<string> Sources(string folder) => Below(folder, "*.cs");

    private static IEnumerable<string> Below(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern).Concat(Directory.EnumerateDirectories(folder)
            .Where(static inner => !IsFolderOfBuild(Path.GetFileName(inner)))
            .SelectMany(inner => Below(inner, pattern)));

    /// <summary>Whether a path inside a project leads through a folder of builds or tools.</summary>
    public static bool IsOfBuild(string path) => path.Split('/', '\\').SkipLast(1).Any(IsFolderOfBuild);

    private static bool IsFolderOfBuild(string name) => name is "bin" or "obj" or "artifacts" or "node_modules" or ['.', ..];

    // In any of the ways to write an attribute.
    [GeneratedRegex("""\bEventFamily(Attribute)?\s*\(""")]
    private static partial Regex FamilyMark();

    [GeneratedRegex("""^Project\([^)]*\)\s*=\s*"[^"]*",\s*"(?<path>[^"]*)""", RegexOptions.Multiline)]
    private static partial Regex SolutionProject();
}
