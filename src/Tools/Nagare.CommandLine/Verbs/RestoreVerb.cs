using System.CommandLine;

namespace Nagare.CommandLine;

/// <summary><c>restore FILE</c></summary>
internal static class RestoreVerb
{
    private const string StandardInput = "-";

    public static Command Build(VerbHost host)
    {
        var file = new Argument<string>("FILE") { Description = "The file that export wrote, or - for standard input." };
        var command = new JournalCommand(
            host,
            "restore",
            "Fills an empty journal from an export, keeping positions, versions, ids and times; the journal is made where it is missing. All of it is stored, or nothing.",
            "restore runs.jsonl --db copy.db",
            "restore - --db copy.db < runs.jsonl")
        {
            file,
        };
        command.SetAction((arguments, cancellationToken) => Run(command, arguments, arguments.GetRequiredValue(file), cancellationToken));
        return command;
    }

    private static async Task<int> Run(JournalCommand command, ParseResult arguments, string file, CancellationToken cancellationToken)
    {
        var source = file == StandardInput ? command.Console.Input : OpenFile(file);
        await using var closed = source.ConfigureAwait(false);
        await using var opened = command.OpenOrCreate(arguments);
        var events = default(Position);
        await ProgressDisplay.Run(command.Console, source.CanSeek ? source.Length : null, async progress =>
        {
            progress.Describe("restoring");
            var counted = new CountedStream(source, progress.Advance);
            events = await opened.Restore.Read(counted, file == StandardInput ? "standard input" : Path.GetFileName(file), progress: null, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);

        if (command.IsJson(arguments))
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
            command.Console.Out.WriteLine(VisibleText.Line($"restored {Count.Of(events.Value, "event")} into {opened.Name}"));
        }

        return ExitCode.Fine;
    }

    private static FileStream OpenFile(string file) =>
        File.Exists(file)
            ? new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan)
            : throw new CommandException(ExitCode.NotFound, $"there is no file {file}");
}
