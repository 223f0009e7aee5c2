using System.CommandLine;
using Nagare.CommandLine;
using Nagare.Schema;

namespace Nagare.Tool;

/// <summary><c>schema update</c></summary>
internal static class UpdateVerb
{
    public static Command Build(ToolHost host)
    {
        var project = ToolOptions.Project();
        var command = new Command("update", "Brings each lock up to the code, and makes one where there is none. New entries are drafts; a sealed entry that the code breaks stays as it is. Exit code 1: there is such a one.") { project };
        command.SetAction(arguments => Run(host, arguments.GetValue(project)));
        return command;
    }

    private static int Run(ToolHost host, string? project)
    {
        var broken = false;
        foreach (var at in ProjectFinder.Find(host, project))
        {
            var locked = at.Lock();
            var code = at.Code();
            var updated = SchemaUpdate.All(locked ?? SchemaLock.Empty, code);
            LockFile.Write(host, at, locked, updated, locked is null ? "made" : "updated");
            foreach (var change in SchemaComparison.Compare(updated, code).Where(static change => change.BreaksRead))
            {
                broken = true;
                host.Console.Out.WriteLine(VisibleText.Line($"{at.LockName}: {change}: stored events could not be read; {change.Row.WayOut}"));
            }
        }

        return broken ? ExitCode.Finding : ExitCode.Fine;
    }
}
