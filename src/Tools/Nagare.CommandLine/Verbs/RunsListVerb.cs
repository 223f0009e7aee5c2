using System.CommandLine;
using System.Text.Json;
using Nagare.Storage;

namespace Nagare.CommandLine;

/// <summary><c>runs list</c></summary>
internal static class RunsListVerb
{
    private const int DefaultLimit = 100;

    public static Command Build(VerbHost host)
    {
        var category = new Option<string?>("--category") { Description = "Only the runs of this category.", HelpName = "NAME" };
        var skip = VerbOptions.Number("--skip", "Leaves out so many.", minimum: 0);
        var limit = VerbOptions.Number("--limit", $"Lists so many at most; {DefaultLimit} unless said.", minimum: 1);
        var command = new JournalCommand(
            host,
            "list",
            "Lists the runs in the order in which they began to be recorded: events, when it began and ended (as far as its events say, otherwise when it was recorded), what the first and the last event say.",
            "runs list",
            "runs list --limit 20 --skip 40 --json")
        {
            category,
            skip,
            limit,
        };
        command.SetAction((arguments, cancellationToken) => Run(
            command,
            arguments,
            arguments.GetValue(category),
            new Page(arguments.GetValue(skip) ?? 0, arguments.GetValue(limit) ?? DefaultLimit),
            cancellationToken));
        return command;
    }

    private static async Task<int> Run(JournalCommand command, ParseResult arguments, string? category, Page page, CancellationToken cancellationToken)
    {
        await using var opened = command.Open(arguments);
        var head = await opened.Journal.Head(cancellationToken).ConfigureAwait(false);
        List<StreamSummary> streams = [];
        await ProgressDisplay.Run(command.Console, head.Value, async progress =>
        {
            progress.Describe("reading");
            streams = await StreamListing.Read(opened.Storage, category, StoredDetail.Full, progress, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);

        var shown = new List<ListedRun>();
        foreach (var stream in streams.Skip((int)Math.Min(page.Skip, int.MaxValue)).Take((int)Math.Min(page.Limit, int.MaxValue)))
        {
            var firstTitle = await Title(opened, stream.FirstPosition, cancellationToken).ConfigureAwait(false);
            var lastTitle = stream.Events == 1 ? firstTitle : await Title(opened, stream.LastPosition, cancellationToken).ConfigureAwait(false);
            shown.Add(new ListedRun(stream, firstTitle, lastTitle));
        }

        if (command.IsJson(arguments))
        {
            JsonDocumentOutput.Write(command.Console, json => Write(json, streams.Count, page, shown));
        }
        else
        {
            Write(command.Console, opened.Name, streams.Count, page, shown);
        }

        return ExitCode.Fine;
    }

    // Only what is shown is decoded.
    private static async ValueTask<string> Title(OpenJournal opened, Position position, CancellationToken cancellationToken) =>
        await opened.EventAt(position, cancellationToken).ConfigureAwait(false) is { } envelope ? opened.Explanations.Explain(envelope).Title : "(an unknown event)";

    private static void Write(Utf8JsonWriter json, int total, Page page, List<ListedRun> shown)
    {
        json.WriteNumber("total", total);
        json.WriteNumber("skip", page.Skip);
        json.WriteStartArray("runs");
        foreach (var (stream, firstTitle, lastTitle) in shown)
        {
            json.WriteStartObject();
            json.WriteString("stream", stream.StreamId.ToString());
            json.WriteString("family", stream.Family);
            json.WriteNumber("events", stream.Events);
            json.WriteString("firstAt", Instant.Exact(stream.FirstAt));
            json.WriteString("lastAt", Instant.Exact(stream.LastAt));
            json.WriteString("firstTitle", firstTitle);
            json.WriteString("lastTitle", lastTitle);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(CommandConsole console, string database, int total, Page page, List<ListedRun> shown)
    {
        if (total == 0)
        {
            console.Out.WriteLine(VisibleText.Line($"no runs in {database}"));
            return;
        }

        var table = new Table("RUN", "EVENTS", "FIRST", "LAST", "WHAT");
        foreach (var (stream, firstTitle, lastTitle) in shown)
        {
            // A family other than the category is told; as a rule they are the same word.
            var family = stream.Family == stream.StreamId.Category ? "" : $" ({stream.Family})";
            var last = stream.Events == 1 ? "" : $" … {lastTitle}";
            table.Add(
                $"{stream.StreamId}{family}",
                Count.Number(stream.Events),
                Instant.Short(stream.FirstAt),
                Instant.Short(stream.LastAt),
                $"{firstTitle}{last}");
        }

        table.Write(console);
        if (shown.Count < total)
        {
            var end = page.Skip + shown.Count;
            console.Out.WriteLine($"{Count.Number(shown.Count)} of {Count.Of(total, "run")}{(end < total ? $"; --skip {end} shows the next" : "")}");
        }
    }

    /// <summary>A run with what its first and its last event say.</summary>
    private sealed record ListedRun(StreamSummary Stream, string FirstTitle, string LastTitle);

    /// <summary>Which part of a list.</summary>
    private readonly record struct Page(long Skip, long Limit);
}
