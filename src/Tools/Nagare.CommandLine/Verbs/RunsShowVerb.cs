using System.CommandLine;

namespace Nagare.CommandLine;

/// <summary><c>runs show ID [--format text|markdown|jsonl]</c></summary>
internal static class RunsShowVerb
{
    public static Command Build(VerbHost host)
    {
        var run = VerbOptions.Run();
        var format = VerbOptions.OneOf("--format", "How it is told.", "text", "markdown", "jsonl");
        var command = new JournalCommand(
            host,
            "show",
            "Tells one run, event by event, in plain words. --json says the same as --format jsonl: one JSON object a line.",
            "runs show r-17",
            "runs show r-17 --format markdown > r-17.md")
        {
            run,
            format,
        };
        command.SetAction((arguments, cancellationToken) => Run(
            command,
            arguments,
            arguments.GetRequiredValue(run),
            command.IsJson(arguments) ? NarrativeFormat.JsonLines : Format(arguments.GetRequiredValue(format)),
            cancellationToken));
        return command;
    }

    private static NarrativeFormat Format(string word) => word switch
    {
        "text" => NarrativeFormat.Text,
        "markdown" => NarrativeFormat.Markdown,
        "jsonl" => NarrativeFormat.JsonLines,
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, "No such format."),
    };

    private static async Task<int> Run(JournalCommand command, ParseResult arguments, string run, NarrativeFormat format, CancellationToken cancellationToken)
    {
        await using var opened = command.Open(arguments);
        var first = await new RunFinder(opened, command.Application.MainCategory).Find(run, cancellationToken).ConfigureAwait(false);
        await opened.Narrator.Write(JournalScope.Of(first.StreamId), command.Console.OpenOutput(), format, cancellationToken).ConfigureAwait(false);
        return ExitCode.Fine;
    }
}
