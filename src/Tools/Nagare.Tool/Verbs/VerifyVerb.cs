using System.CommandLine;
using Nagare.CommandLine;
using Nagare.Schema;

namespace Nagare.Tool;

/// <summary><c>schema verify [BASE]</c></summary>
internal static class VerifyVerb
{
    public static Command Build(ToolHost host)
    {
        var from = new Argument<string?>("BASE") { Arity = ArgumentArity.ZeroOrOne, Description = "The branch that this work goes to, whose locks count as sealed; origin's main branch unless said." };
        var project = ToolOptions.Project();
        var command = new Command("verify", "The gate for a pull request: fails where stored events could not be read, where a lock is behind the code, or where it lost what the base has.") { from, project };
        command.SetAction(arguments => Run(host, arguments.GetValue(from), arguments.GetValue(project)));
        return command;
    }

    private static int Run(ToolHost host, string? named, string? project)
    {
        var projects = ProjectFinder.Find(host, project);
        var git = Git.Find(host.Folder);
        var name = named ?? git?.UsualBase() ?? throw new CommandException(ExitCode.Usage, "there is no branch to compare with: name the BASE, such as 'nagare schema verify origin/main'");
        var origin = git?.Commit(name) is { } commit && !Path.Exists(Path.GetFullPath(name, host.Folder)) ? Side.Revision(git, git.ForkPoint(commit)) : Side.Of(host, name);
        var findings = new List<string>();
        var known = projects.Select(at => Side.Key(host, at.LockFile)).ToHashSet(StringComparer.Ordinal);
        var gone = origin.Locks.Keys.Where(path => !known.Contains(path) && !File.Exists(Path.Combine(git?.Root ?? host.Folder, path))).ToList();
        foreach (var at in projects)
        {
            var (locked, code) = (at.Lock(), at.Code());
            var before = origin.Locks.GetValueOrDefault(Side.Key(host, at.LockFile));

            // A project that moved takes its families along.
            if (before is null && gone.FirstOrDefault(path => Shares(origin.Locks[path], code)) is { } moved)
            {
                before = origin.Locks[moved];
                gone.Remove(moved);
            }

            findings.AddRange(SchemaVerification.Verify(before, locked, code).Select(finding => $"{at.LockName}: {finding}"));
        }

        findings.AddRange(gone
            .Select(path => $"{path}: {name} has it, and it is gone; put it back, or the events it pins have no guard"));
        foreach (var finding in findings)
        {
            host.Console.Out.WriteLine(VisibleText.Line(finding));
        }

        if (findings.Count == 0)
        {
            host.Console.Out.WriteLine($"{Count.Of(projects.Count, "lock")} verified against {VisibleText.Line(name)}");
        }

        return findings.Count == 0 ? ExitCode.Fine : ExitCode.Finding;
    }

    private static bool Shares(SchemaLock gone, SchemaLock code) =>
        gone.Events.Any(e => code.Events.Any(other => other.Family == e.Family || code.Family(other.Family)?.FormerNames.Contains(e.Family) == true));
}
