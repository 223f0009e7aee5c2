using System.CommandLine;
using Nagare.CommandLine;

namespace Nagare.Tool;

/// <summary><c>schema seal</c></summary>
internal static class SealVerb
{
    public static Command Build(ToolHost host)
    {
        var project = ToolOptions.Project();
        var command = new Command("seal", "The release step: every draft becomes sealed, because from now on it may be stored somewhere.") { project };
        command.SetAction(arguments =>
        {
            foreach (var at in ProjectFinder.Find(host, arguments.GetValue(project)))
            {
                var locked = at.Lock() ?? throw new CommandException(ExitCode.NotFound, $"there is no {at.LockName}; 'nagare schema update' makes it");
                LockFile.Write(host, at, locked, locked.Seal(), "sealed");
            }

            return ExitCode.Fine;
        });
        return command;
    }
}
