using System.CommandLine;

namespace Nagare.CommandLine;

/// <summary><c>runs list</c> and <c>runs show ID</c></summary>
internal static class RunsVerb
{
    public static Command Build(VerbHost host)
    {
        var command = new Command("runs", "Lists the runs, or tells one.") { HelpWithExamples.Option(host, "runs list", "runs show ID") };
        command.Add(RunsListVerb.Build(host));
        command.Add(RunsShowVerb.Build(host));
        return command;
    }
}
