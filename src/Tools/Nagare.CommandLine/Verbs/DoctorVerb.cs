using System.CommandLine;
using Nagare.Storage;

namespace Nagare.CommandLine;

/// <summary><c>doctor</c></summary>
internal static class DoctorVerb
{
    private const string Unreachable = "database.unreachable";

    public static Command Build(VerbHost host)
    {
        var full = new Option<bool>("--full") { Description = "Looks at every event instead of samples; takes as long as reading all their keys does." };
        var command = new JournalCommand(
            host,
            "doctor",
            "Looks at the database and says in plain words what is wrong with it, why that matters and what to do. Changes nothing. Exit code 1: something should be done; 3: it cannot be reached.",
            "doctor --db postgres:",
            "doctor --full --json")
        {
            full,
        };
        command.SetAction((arguments, cancellationToken) => Run(command, arguments, arguments.GetValue(full) ? ExaminationDepth.Full : ExaminationDepth.Sampled, cancellationToken));
        return command;
    }

    private static async Task<int> Run(JournalCommand command, ParseResult arguments, ExaminationDepth depth, CancellationToken cancellationToken)
    {
        var choice = command.Choice(arguments);
        if (choice.Location.IsKnownToBeMissing)
        {
            throw new CommandException(ExitCode.NotFound, $"there is no database {choice.Name}; name one with --db");
        }

        var storage = choice.Location.CreateStorage(creates: false);
        await using (storage.ConfigureAwait(false))
        {
            var findings = (await storage.Examine(depth, cancellationToken).ConfigureAwait(false)).OrderByDescending(finding => finding.Severity).ToList();
            if (command.IsJson(arguments))
            {
                WriteJson(command.Console, choice, depth, findings);
            }
            else
            {
                WriteText(command.Console, choice, depth, findings);
            }

            return findings.Any(finding => finding.Code == Unreachable) ? ExitCode.StoreUnreachable
                : findings.Any(finding => finding.Severity != FindingSeverity.Notice) ? ExitCode.Finding
                : ExitCode.Fine;
        }
    }

    private static void WriteText(CommandConsole console, JournalChoice choice, ExaminationDepth depth, List<JournalFinding> findings)
    {
        foreach (var finding in findings)
        {
            var word = Word(finding.Severity);
            console.Out.WriteLine($"{(finding.Severity == FindingSeverity.Notice ? console.Palette.Faint(word) : console.Palette.Bad(word))}  {console.Palette.Heading(VisibleText.Line(finding.What))}  [{finding.Code}]");
            console.Out.WriteLine(VisibleText.Line($"  why: {finding.Why}"));
            console.Out.WriteLine(VisibleText.Line($"  do:  {finding.Advice}"));
            console.Out.WriteLine();
        }

        var looked = depth == ExaminationDepth.Full ? "every event" : "samples of its events";
        console.Out.WriteLine(VisibleText.Line(findings.Count == 0
            ? $"nothing is wrong with {choice.Name} on {choice.Provider.Name}: its settings, its tables and {looked} are as they should be"
            : $"{Count.Of(findings.Count, "finding")} on {choice.Name} on {choice.Provider.Name}"));
    }

    private static void WriteJson(CommandConsole console, JournalChoice choice, ExaminationDepth depth, List<JournalFinding> findings) => JsonDocumentOutput.Write(console, json =>
    {
        json.WriteString("database", choice.Name);
        json.WriteString("provider", choice.Provider.Name);
        json.WriteBoolean("full", depth == ExaminationDepth.Full);
        json.WriteStartArray("findings");
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("code", finding.Code);
            json.WriteString("severity", Word(finding.Severity));
            json.WriteString("what", finding.What);
            json.WriteString("why", finding.Why);
            json.WriteString("advice", finding.Advice);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static string Word(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Notice => "notice",
        FindingSeverity.Warning => "warning",
        FindingSeverity.Error => "error",
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, "There is no such severity."),
    };
}
