using System.CommandLine;
using System.Text.Json;

namespace Nagare.CommandLine;

/// <summary><c>check [--rule NAME] [--run ID]</c></summary>
internal static class CheckVerb
{
    private const int DefaultShown = 3;

    public static Command Build(VerbHost host)
    {
        var rule = new Option<string[]>("--rule") { Description = "Only this rule; may be said several times.", HelpName = "NAME", DefaultValueFactory = _ => [] };
        var run = new Option<string?>("--run") { Description = "Only this run.", HelpName = "ID" };
        var show = VerbOptions.Number("--show", $"Shows so many breaks of each rule; {DefaultShown} unless said. --json shows all.", minimum: 0);
        var command = new JournalCommand(
            host,
            "check",
            "Asks every rule after each event of each run, by folding forward, and tells in how many runs it broke and where first. The exit code is 1 where a rule broke.",
            "check",
            "check --rule run-cost-under-4 --run r-17")
        {
            rule,
            run,
            show,
        };
        command.SetAction((arguments, cancellationToken) => Run(
            command,
            arguments,
            arguments.GetRequiredValue(rule),
            arguments.GetValue(run),
            arguments.GetValue(show) ?? DefaultShown,
            cancellationToken));
        return command;
    }

    private static async Task<int> Run(JournalCommand command, ParseResult arguments, string[] names, string? run, long shown, CancellationToken cancellationToken)
    {
        await using var opened = command.Open(arguments);
        var rules = Choose(opened, names);
        var scope = run is null
            ? JournalScope.Everything
            : JournalScope.Of((await new RunFinder(opened, command.Application.MainCategory).Find(run, cancellationToken).ConfigureAwait(false)).StreamId);
        var head = await opened.Journal.Head(cancellationToken).ConfigureAwait(false);
        var events = 0L;
        await ProgressDisplay.Run(command.Console, run is null ? head.Value : null, async progress =>
        {
            progress.Describe("checking");
            var read = new RunningCount(progress);
            await foreach (var violation in opened.Bisect.FindInEachStream([.. rules.Select(rule => rule.Rule)], scope, read, cancellationToken).ConfigureAwait(false))
            {
                rules.First(rule => rule.Name == violation.Rule.Name).Violations.Add(violation);
            }

            events = read.Value;
        }).ConfigureAwait(false);

        if (command.IsJson(arguments))
        {
            JsonDocumentOutput.Write(command.Console, json => Write(json, events, rules));
        }
        else
        {
            Write(command.Console, events, rules, shown);
        }

        return rules.Exists(rule => rule.Violations.Count > 0) ? ExitCode.Finding : ExitCode.Fine;
    }

    private static List<RuleFindings> Choose(OpenJournal opened, string[] names)
    {
        var all = opened.Model.Invariants.Select(rule => RuleFindings.Of(rule, opened.Services)).ToList();
        if (Array.Find(names, name => !all.Exists(rule => rule.Name == name)) is { } unknown)
        {
            throw new CommandException(ExitCode.NotFound, all is [] ? $"there is no rule '{unknown}', nor any other" : $"there is no rule '{unknown}'; there are {string.Join(", ", all.Select(rule => rule.Name))}");
        }

        return names is [] ? all : all.FindAll(rule => names.Contains(rule.Name, StringComparer.Ordinal));
    }

    private static void Write(Utf8JsonWriter json, long events, List<RuleFindings> rules)
    {
        json.WriteNumber("events", events);
        json.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("name", rule.Name);
            json.WriteString("description", rule.Description);
            json.WriteNumber("brokenRuns", rule.Violations.Count);
            json.WriteStartArray("breaks");
            foreach (var violation in rule.Violations)
            {
                json.WriteStartObject();
                json.WriteString("stream", violation.Event.StreamId.ToString());
                json.WriteNumber("version", violation.Event.Version.Value);
                json.WriteNumber("position", violation.Event.Position.Value);
                json.WriteString("eventId", violation.Event.EventId);
                json.WriteString("happenedAt", Instant.Exact(violation.Event.HappenedAt));
                json.WriteString("message", violation.Message);
                json.WriteString("title", violation.Explanation.Title);
                if (violation.LastGood is { } good)
                {
                    json.WriteNumber("lastGoodVersion", good.Version.Value);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(CommandConsole console, long events, List<RuleFindings> rules, long shown)
    {
        var output = console.Out;
        foreach (var rule in rules)
        {
            var verdict = rule.Violations is [] ? console.Palette.Good("holds") : console.Palette.Bad($"broke in {Count.Of(rule.Violations.Count, "run")}");
            output.WriteLine($"{console.Palette.Heading(VisibleText.Line(rule.Name))}: {verdict}. {VisibleText.Line(rule.Description)}");
            foreach (var violation in rule.Violations.Take((int)Math.Min(shown, int.MaxValue)))
            {
                output.WriteLine(VisibleText.Line($"  {violation.Event.StreamId} v{violation.Event.Version}: {violation.Message} ({violation.Explanation.Title})"));
            }

            if (rule.Violations.Count > shown)
            {
                output.WriteLine($"  and {Count.Number(rule.Violations.Count - shown)} more");
            }
        }

        output.WriteLine(rules is [] ? "there are no rules" : $"{Count.Of(rules.Count, "rule")} asked over {Count.Of(events, "event")}");
    }

    private sealed record RuleFindings(InvariantRule Rule, string Name, string Description)
    {
        /// <summary>Its first break in each run, in the order of the breaks.</summary>
        public List<Violation> Violations { get; } = [];

        public static RuleFindings Of(InvariantRule rule, IServiceProvider services)
        {
            var resolved = rule.Resolve(services);
            return new(rule, resolved.Name, resolved.Description);
        }
    }
}
