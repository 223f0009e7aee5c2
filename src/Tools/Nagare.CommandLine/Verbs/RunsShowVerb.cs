using System.CommandLine;

namespace Nagare.CommandLine;

/// <summary><c>runs show ID [--format text|markdown|jsonl]</c></summary>
internal static class RunsShowVerb
{
    private const string Source = "source";

    public static Command Build(VerbHost host)
    {
        var run = VerbOptions.Run();
        var hasSource = host.Options.SourceWriter is not null;
        var format = VerbOptions.OneOf(
            "--format",
            hasSource ? "How it is told; source gives an imported run back in the format it came from." : "How it is told.",
            hasSource ? ["text", "markdown", "jsonl", Source] : ["text", "markdown", "jsonl"]);
        var command = new JournalCommand(
            host,
            "show",
            "Tells one run, event by event, in plain words. --json says the same as --format jsonl: one JSON object a line.",
            "runs show r-17",
            hasSource ? "runs show r-17 --format source > r-17.json" : "runs show r-17 --format markdown > r-17.md")
        {
            run,
            format,
        };
        command.SetAction((arguments, cancellationToken) => Run(
            command,
            arguments,
            arguments.GetRequiredValue(run),
            arguments.GetRequiredValue(format),
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

    private static async Task<int> Run(JournalCommand command, ParseResult arguments, string run, string format, CancellationToken cancellationToken)
    {
        await using var opened = command.Open(arguments);
        var first = await new RunFinder(opened, command.Application.MainCategory).Find(run, cancellationToken).ConfigureAwait(false);
        if (format == Source)
        {
            await WriteSource(command, opened, first.StreamId, cancellationToken).ConfigureAwait(false);
            return ExitCode.Fine;
        }

        var told = command.IsJson(arguments) ? NarrativeFormat.JsonLines : Format(format);
        await opened.Narrator.Write(JournalScope.Of(first.StreamId), command.Console.OpenOutput(), told, cancellationToken).ConfigureAwait(false);
        return ExitCode.Fine;
    }

    private static async Task WriteSource(JournalCommand command, OpenJournal opened, StreamId stream, CancellationToken cancellationToken)
    {
        var run = new List<Envelope>();
        await foreach (var envelope in opened.Journal.Read(JournalScope.Of(stream), cancellationToken).ConfigureAwait(false))
        {
            run.Add(envelope);
        }

        // Put together before it is written: half of a run is in no format.
        using var source = new MemoryStream();
        if (!command.Application.SourceWriter!(run, source))
        {
            throw new CommandException(ExitCode.NotFound, $"{stream} was not imported, so there is no format to give it back in");
        }

        JsonDocumentOutput.WriteText(command.Console, source.GetBuffer().AsSpan(0, (int)source.Length));
    }
}
