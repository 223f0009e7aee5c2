using System.CommandLine;
using System.Text.Json;

namespace Nagare.CommandLine;

/// <summary><c>why ID [--at N]</c></summary>
internal static class WhyVerb
{
    public static Command Build(VerbHost host)
    {
        var run = VerbOptions.Run();
        var at = VerbOptions.Number("--at", "The version of the event, from 1; the newest unless said.", minimum: 1);
        var command = new JournalCommand(
            host,
            "why",
            "Explains one event of a run: what it says, what led to it, back to where it all began, also across runs, what was known just before it, and what it changed.",
            "why r-17 --at 17",
            "why r-17 --at 17 --json")
        {
            run,
            at,
        };
        command.SetAction((arguments, cancellationToken) => Run(command, arguments, arguments.GetRequiredValue(run), arguments.GetValue(at), cancellationToken));
        return command;
    }

    private static async Task<int> Run(JournalCommand command, ParseResult arguments, string run, long? at, CancellationToken cancellationToken)
    {
        await using var opened = command.Open(arguments);
        var first = await new RunFinder(opened, command.Application.MainCategory).Find(run, cancellationToken).ConfigureAwait(false);
        var envelope = await EventAt(opened.Journal, first.StreamId, at, cancellationToken).ConfigureAwait(false);
        var causes = await opened.Lineage.Causes(envelope.EventId, cancellationToken).ConfigureAwait(false);
        var known = new List<(StateDescription State, StateDiff Diff)>();
        foreach (var inspector in opened.Inspectors(envelope.Family))
        {
            var before = envelope.Version.Value - 1;
            known.Add((
                await inspector.Describe(envelope.StreamId, before, cancellationToken).ConfigureAwait(false),
                await inspector.Diff(envelope.StreamId, before, envelope.Version, cancellationToken).ConfigureAwait(false)));
        }

        if (command.IsJson(arguments))
        {
            JsonDocumentOutput.Write(command.Console, json => Write(json, causes, known));
        }
        else
        {
            WhyText.Write(command.Console, causes, known);
        }

        return ExitCode.Fine;
    }

    private static async Task<Envelope> EventAt(IJournal journal, StreamId stream, long? at, CancellationToken cancellationToken)
    {
        var last = default(Envelope);
        var direction = at is null ? ReadDirection.Backwards : ReadDirection.Forwards;
        await foreach (var envelope in journal.Read(JournalScope.Of(stream), direction, cancellationToken).ConfigureAwait(false))
        {
            last = envelope;
            if (at is null || envelope.Version.Value >= at)
            {
                break;
            }
        }

        return last is not null && (at is null || last.Version.Value == at)
            ? last
            : throw new StreamVersionNotFoundException(stream, at ?? 0, last?.Version ?? 0);
    }

    private static void Write(Utf8JsonWriter json, LineageGraph causes, List<(StateDescription State, StateDiff Diff)> known)
    {
        json.WriteString("stream", causes.Start.Envelope.StreamId.ToString());
        json.WriteNumber("version", causes.Start.Envelope.Version.Value);
        json.WritePropertyName("causes");
        JsonDocumentOutput.WriteValue(json, causes.ToJson());
        json.WriteStartArray("known");
        foreach (var (state, diff) in known)
        {
            json.WriteStartObject();
            StateJson.WriteState(json, state);
            StateJson.WriteChanges(json, diff);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
