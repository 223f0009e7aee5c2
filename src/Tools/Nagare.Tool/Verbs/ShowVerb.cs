using System.CommandLine;
using Nagare.CommandLine;
using Nagare.Generators;
using Nagare.Schema;

namespace Nagare.Tool;

/// <summary><c>schema show EVENT</c></summary>
internal static class ShowVerb
{
    public static Command Build(ToolHost host)
    {
        var named = new Argument<string>("EVENT") { Description = "An event by its stored name, a former one, FAMILY/NAME, or the name of its record." };
        var project = ToolOptions.Project();
        var command = new Command("show", "Prints what is locked of an event: every version, and the types inside it.") { named, project };
        command.SetAction(arguments => Run(host, arguments.GetRequiredValue(named), arguments.GetValue(project)));
        return command;
    }

    private static int Run(ToolHost host, string named, string? project)
    {
        var all = new List<string>();
        var shown = 0;
        foreach (var at in ProjectFinder.Find(host, project))
        {
            var locked = at.Lock() ?? throw new CommandException(ExitCode.NotFound, $"there is no {at.LockName}; 'nagare schema update' makes it");
            all.AddRange(locked.Events.Select(static e => $"{e.Family}/{e.Name}"));
            var found = locked.Events.Where(e => Is(e, named)).ToList();
            if (found.Count > 0)
            {
                shown += found.Count;
                var families = locked.Families.Where(family => found.Any(e => e.Family == family.Name));
                var part = new SchemaLock { Families = families.ToEquatableArray(), Events = found.ToEquatableArray(), Types = locked.Types };

                // Without the first line, which is the file's, and with where it stands.
                host.Console.Out.WriteLine(VisibleText.Block($"# {at.LockName}\n{part.ToString().Split('\n', 2)[1].TrimEnd()}"));
            }
        }

        return shown > 0
            ? ExitCode.Fine
            : throw new CommandException(ExitCode.NotFound, $"no lock has an event '{named}'; there are {string.Join(", ", all.Distinct().Order(StringComparer.Ordinal))}");
    }

    private static bool Is(SchemaEvent e, string named) =>
        e.Name == named || $"{e.Family}/{e.Name}" == named || e.FormerNames.Contains(named) || e.ClrName is { } record && (record == named || record.EndsWith("." + named, StringComparison.Ordinal));
}
