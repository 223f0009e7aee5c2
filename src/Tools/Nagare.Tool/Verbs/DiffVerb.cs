using System.CommandLine;
using Nagare.CommandLine;
using Nagare.Schema;

namespace Nagare.Tool;

/// <summary><c>schema diff [BASE] [HEAD]</c></summary>
internal static class DiffVerb
{
    public static Command Build(ToolHost host)
    {
        var from = new Argument<string?>("BASE") { Arity = ArgumentArity.ZeroOrOne, Description = "A git revision, a nagare.schema, an assembly, or a folder with locks; the locks of the projects unless said." };
        var to = new Argument<string?>("HEAD") { Arity = ArgumentArity.ZeroOrOne, Description = "The same; the code of the projects, as built, unless said." };
        var project = ToolOptions.Project();
        var json = ToolOptions.Json();
        var command = new Command("diff", "Says what changed in the shapes of stored events, as a Markdown table. Exit code 1: stored events could not be read.") { from, to, project, json };
        command.SetAction(arguments =>
        {
            var changes = Changes(host, arguments.GetValue(from), arguments.GetValue(to), arguments.GetValue(project));
            if (arguments.GetValue(json))
            {
                ChangeJson.Write(host.Console, changes);
            }
            else
            {
                ChangeMarkdown.Write(host.Console.Out, changes);
            }

            return changes.Any(static changed => changed.Changes.Any(static change => change.BreaksRead)) ? ExitCode.Finding : ExitCode.Fine;
        });
        return command;
    }

    private static List<(string Lock, IReadOnlyList<SchemaChange> Changes)> Changes(ToolHost host, string? from, string? to, string? project)
    {
        if (from is not null && to is not null)
        {
            return [.. Side.Of(host, from).Compare(Side.Of(host, to), static _ => false)];
        }

        var projects = ProjectFinder.Find(host, project);
        var root = Git.Find(host.Folder)?.Root ?? host.Folder;
        var before = from is null ? Side.OfLocks(host, projects) : Side.Of(host, from);
        return [.. before.Compare(Side.OfCode(host, projects), path => File.Exists(Path.Combine(root, path)))];
    }
}
