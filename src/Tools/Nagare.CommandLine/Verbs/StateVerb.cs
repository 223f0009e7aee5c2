using System.CommandLine;
using System.Text.Json;

namespace Nagare.CommandLine;

/// <summary><c>state ID [--at N] [--diff M] [--aggregate NAME]</c></summary>
internal static class StateVerb
{
    public static Command Build(VerbHost host)
    {
        var run = VerbOptions.Run();
        var at = VerbOptions.Number("--at", "The version, from 0 (before the first event); the newest unless said.", minimum: 0);
        var diff = VerbOptions.Number("--diff", "Shows instead what changed from this version.", minimum: 0);
        var aggregate = new Option<string?>("--aggregate") { Description = "Only this aggregate, where several fold the run's events.", HelpName = "NAME" };
        var command = new JournalCommand(
            host,
            "state",
            "Shows what was known at a version of a run: the state as JSON, or what changed in it since another version.",
            "state r-17 --at 16",
            "state r-17 --at 17 --diff 16")
        {
            run,
            at,
            diff,
            aggregate,
        };
        command.SetAction((arguments, cancellationToken) => Run(
            command,
            arguments,
            new Question(arguments.GetRequiredValue(run), arguments.GetValue(at), arguments.GetValue(diff), arguments.GetValue(aggregate)),
            cancellationToken));
        return command;
    }

    private static async Task<int> Run(JournalCommand command, ParseResult arguments, Question question, CancellationToken cancellationToken)
    {
        await using var opened = command.Open(arguments);
        var first = await new RunFinder(opened, command.Application.MainCategory).Find(question.Run, cancellationToken).ConfigureAwait(false);
        var answers = new List<(StateDescription State, StateDiff? Diff)>();
        foreach (var inspector in Inspectors(opened, first.Family, question.Aggregate))
        {
            var state = question.At is { } at
                ? await inspector.Describe(first.StreamId, at, cancellationToken).ConfigureAwait(false)
                : await inspector.Describe(first.StreamId, cancellationToken).ConfigureAwait(false);
            var diff = question.Diff is { } from
                ? await inspector.Diff(first.StreamId, from, state.Version, cancellationToken).ConfigureAwait(false)
                : null;
            answers.Add((state, diff));
        }

        if (command.IsJson(arguments))
        {
            JsonDocumentOutput.Write(command.Console, json => Write(json, first, question.Diff, answers));
            return ExitCode.Fine;
        }

        foreach (var (state, diff) in answers)
        {
            Write(command.Console, state, question.Diff, diff);
        }

        return ExitCode.Fine;
    }

    /// <summary>The aggregates asked for.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    internal static IReadOnlyList<AggregateInspector> Inspectors(OpenJournal opened, string family, string? name)
    {
        var all = opened.Inspectors(family);
        var chosen = name is null ? all : [.. all.Where(inspector => inspector.Name == name)];
        return chosen switch
        {
            [_, ..] => chosen,
            [] when all is [] => throw new CommandException(ExitCode.NotFound, $"no aggregate folds the family {family}"),
            _ => throw new CommandException(ExitCode.NotFound, $"no aggregate '{name}' folds the family {family}; there are {string.Join(", ", all.Select(inspector => inspector.Name))}"),
        };
    }

    private static void Write(Utf8JsonWriter json, Envelope first, long? from, List<(StateDescription State, StateDiff? Diff)> answers)
    {
        json.WriteString("stream", first.StreamId.ToString());
        json.WriteNumber("version", answers[0].State.Version.Value);
        if (from is { } version)
        {
            json.WriteNumber("from", version);
        }

        json.WriteStartArray("states");
        foreach (var (state, diff) in answers)
        {
            json.WriteStartObject();
            StateJson.WriteState(json, state);
            if (diff is not null)
            {
                StateJson.WriteChanges(json, diff);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(CommandConsole console, StateDescription state, long? from, StateDiff? diff)
    {
        var heading = $"{state.StreamId} at version {state.Version}, as {state.Aggregate}";
        if (diff is null)
        {
            console.Out.WriteLine(console.Palette.Heading(VisibleText.Line(heading)));
            console.Out.WriteLine(VisibleText.Block(state.ToIndentedJson()));
            return;
        }

        console.Out.WriteLine(console.Palette.Heading(VisibleText.Line($"{heading}: {Count.Of(diff.Changes.Count, "change")} since version {from}")));
        foreach (var change in diff.Changes)
        {
            console.Out.WriteLine(VisibleText.Line($"  {change}"));
        }
    }

    private sealed record Question(string Run, long? At, long? Diff, string? Aggregate);
}
