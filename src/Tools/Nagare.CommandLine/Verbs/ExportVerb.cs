using System.CommandLine;

namespace Nagare.CommandLine;

/// <summary><c>export FILE</c></summary>
internal static class ExportVerb
{
    private const string StandardOutput = "-";

    public static Command Build(VerbHost host)
    {
        var file = new Argument<string>("FILE") { Description = "The file to write, or - for standard output." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replaces the file where there is one." };
        var command = new JournalCommand(
            host,
            "export",
            "Writes the whole journal as JSON lines, every column of every event. The file is complete or not there. Restored elsewhere and exported again it gives the same bytes.",
            "export runs.jsonl",
            "export - | gzip > runs.jsonl.gz")
        {
            file,
            overwrite,
        };
        command.SetAction((arguments, cancellationToken) => Run(command, arguments, arguments.GetRequiredValue(file), arguments.GetValue(overwrite), cancellationToken));
        return command;
    }

    private static async Task<int> Run(JournalCommand command, ParseResult arguments, string file, bool overwrite, CancellationToken cancellationToken)
    {
        var isJson = command.IsJson(arguments);
        if (isJson && file == StandardOutput)
        {
            throw new CommandException(ExitCode.Usage, "export - writes the journal to standard output, which leaves no room for --json");
        }

        await using var opened = command.Open(arguments);
        if (file == StandardOutput)
        {
            await Write(command, opened, command.Console.OpenOutput(), cancellationToken).ConfigureAwait(false);
            return ExitCode.Fine;
        }

        var events = await WriteFile(command, opened, file, overwrite, cancellationToken).ConfigureAwait(false);
        if (isJson)
        {
            JsonDocumentOutput.Write(command.Console, json =>
            {
                json.WriteString("database", opened.Name);
                json.WriteString("file", file);
                json.WriteNumber("events", events.Value);
            });
        }
        else
        {
            command.Console.Out.WriteLine(VisibleText.Line($"exported {Count.Of(events.Value, "event")} from {opened.Name} to {file}"));
        }

        return ExitCode.Fine;
    }

    // Under another name until it is complete: a file that looks like an export is one.
    private static async Task<Position> WriteFile(JournalCommand command, OpenJournal opened, string file, bool overwrite, CancellationToken cancellationToken)
    {
        if (!overwrite && File.Exists(file))
        {
            throw new CommandException(ExitCode.Usage, $"{file} is there already; --overwrite replaces it");
        }

        var unfinished = $"{file}.{Guid.NewGuid():N}.unfinished";
        try
        {
            Position events;
            var target = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            await using (target.ConfigureAwait(false))
            {
                events = await Write(command, opened, target, cancellationToken).ConfigureAwait(false);
                target.Flush(flushToDisk: true);
            }

            File.Move(unfinished, file, overwrite);
            return events;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static async Task<Position> Write(JournalCommand command, OpenJournal opened, Stream target, CancellationToken cancellationToken)
    {
        var events = default(Position);
        var head = await opened.Journal.Head(cancellationToken).ConfigureAwait(false);
        await ProgressDisplay.Run(command.Console, head.Value, async progress =>
        {
            progress.Describe("exporting");
            events = await opened.Export.Write(target, new RunningCount(progress), cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return events;
    }
}
