using System.CommandLine;
using System.Text.Json;

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
            new JournalScope { Category = arguments.GetValue(category) },
            new Page(arguments.GetValue(skip) ?? 0, arguments.GetValue(limit) ?? DefaultLimit),
            cancellationToken));
        return command;
    }

    private static async Task<int> Run(JournalCommand command, ParseResult arguments, JournalScope scope, Page page, CancellationToken cancellationToken)
    {
        await using var opened = command.Open(arguments);
        var head = await opened.Journal.Head(cancellationToken).ConfigureAwait(false);
        List<StreamSummary> streams = [];
        await ProgressDisplay.Run(command.Console, head.Value, async progress =>
        {
            progress.Describe("reading");
            streams = await StreamListing.Read(opened, scope, progress, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);

        var shown = streams.Skip((int)Math.Min(page.Skip, int.MaxValue)).Take((int)Math.Min(page.Limit, int.MaxValue)).ToList();
        if (command.IsJson(arguments))
        {
            JsonDocumentOutput.Write(command.Console, json => Write(json, opened.Explanations, streams.Count, page, shown));
        }
        else
        {
            Write(command.Console, opened, streams.Count, page, shown);
        }

        return ExitCode.Fine;
    }

    private static void Write(Utf8JsonWriter json, IExplanations explanations, int total, Page page, List<StreamSummary> shown)
    {
        json.WriteNumber("total", total);
        json.WriteNumber("skip", page.Skip);
        json.WriteStartArray("runs");
        foreach (var stream in shown)
        {
            json.WriteStartObject();
            json.WriteString("stream", stream.StreamId.ToString());
            json.WriteString("family", stream.Family);
            json.WriteNumber("events", stream.Events);
            json.WriteString("firstAt", Instant.Exact(stream.FirstAt));
            json.WriteString("lastAt", Instant.Exact(stream.LastAt));
            json.WriteString("firstTitle", stream.FirstTitle);
            json.WriteString("lastTitle", explanations.Explain(stream.Last).Title);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(CommandConsole console, OpenJournal opened, int total, Page page, List<StreamSummary> shown)
    {
        if (total == 0)
        {
            console.Out.WriteLine(VisibleText.Line($"no runs in {opened.Name}"));
            return;
        }

        var table = new Table("RUN", "EVENTS", "FIRST", "LAST", "WHAT");
        foreach (var stream in shown)
        {
            // A family other than the category is told; as a rule they are the same word.
            var family = stream.Family == stream.StreamId.Category ? "" : $" ({stream.Family})";
            var last = stream.Events == 1 ? "" : $" … {opened.Explanations.Explain(stream.Last).Title}";
            table.Add(
                $"{stream.StreamId}{family}",
                Count.Number(stream.Events),
                Instant.Short(stream.FirstAt),
                Instant.Short(stream.LastAt),
                $"{stream.FirstTitle}{last}");
        }

        table.Write(console);
        if (shown.Count < total)
        {
            var end = page.Skip + shown.Count;
            console.Out.WriteLine($"{Count.Number(shown.Count)} of {Count.Of(total, "run")}{(end < total ? $"; --skip {end} shows the next" : "")}");
        }
    }

    /// <summary>Which part of a list.</summary>
    private readonly record struct Page(long Skip, long Limit);
}
