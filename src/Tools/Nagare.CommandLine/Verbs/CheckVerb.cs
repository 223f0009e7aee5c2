using System.CommandLine;
using System.Text.Json;

namespace Nagare.CommandLine;

/// <summary><c>check [--rule NAME] [--run ID] [--by TAG]</c></summary>
internal static class CheckVerb
{
    private const int DefaultShown = 3;

    public static Command Build(VerbHost host)
    {
        var rule = new Option<string[]>("--rule") { Description = "Only this rule; may be said several times.", HelpName = "NAME", DefaultValueFactory = _ => [] };
        var run = new Option<string?>("--run") { Description = "Only this run.", HelpName = "ID" };
        var show = VerbOptions.Number("--show", $"Shows so many breaks of each rule; {DefaultShown} unless said. --json shows all.", minimum: 0);
        var by = new Option<string?>("--by") { Description = "Divides the runs that broke a rule by this tag of the explanations, such as how a run ended: the last one said in the run's correlation.", HelpName = "TAG" };
        var command = new JournalCommand(
            host,
            "check",
            "Asks every rule after each event of each run, by folding forward, and tells in how many runs it broke and where first. The exit code is 1 where a rule broke.",
            "check",
            "check --rule run-cost-under-4 --run r-17",
            "check --show 0 --by outcome")
        {
            rule,
            run,
            show,
            by,
        };
        command.SetAction((arguments, cancellationToken) => Run(
            command,
            arguments,
            new Question(arguments.GetRequiredValue(rule), arguments.GetValue(run), arguments.GetValue(show) ?? DefaultShown, arguments.GetValue(by)),
            cancellationToken));
        return command;
    }

    private static async Task<int> Run(JournalCommand command, ParseResult arguments, Question question, CancellationToken cancellationToken)
    {
        await using var opened = command.Open(arguments);
        var rules = Choose(opened, question.Rules);
        var run = question.Run is null ? null : await new RunFinder(opened, command.Application.MainCategory).Find(question.Run, cancellationToken).ConfigureAwait(false);
        var scope = run is null ? JournalScope.Everything : JournalScope.Of(run.StreamId);
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

        var tags = question.Tag is null ? null : await RunTags.Read(opened, Correlated(run), question.Tag, cancellationToken).ConfigureAwait(false);
        if (command.IsJson(arguments))
        {
            JsonDocumentOutput.Write(command.Console, json => Write(json, events, rules, tags));
        }
        else
        {
            Write(command.Console, events, rules, question.Shown, tags);
        }

        return rules.Exists(rule => rule.Violations.Count > 0) ? ExitCode.Finding : ExitCode.Fine;
    }

    // How a run ended may be said by another stream of its correlation.
    private static JournalScope Correlated(Envelope? run) => run switch
    {
        null => JournalScope.Everything,
        { Metadata.CorrelationId: { } correlation } => new JournalScope { CorrelationId = correlation },
        _ => JournalScope.Of(run.StreamId),
    };

    private static List<RuleFindings> Choose(OpenJournal opened, string[] names)
    {
        var all = opened.Model.Invariants.Select(rule => RuleFindings.Of(rule, opened.Services)).ToList();
        if (Array.Find(names, name => !all.Exists(rule => rule.Name == name)) is { } unknown)
        {
            throw new CommandException(ExitCode.NotFound, all is [] ? $"there is no rule '{unknown}', nor any other" : $"there is no rule '{unknown}'; there are {string.Join(", ", all.Select(rule => rule.Name))}");
        }

        return names is [] ? all : all.FindAll(rule => names.Contains(rule.Name, StringComparer.Ordinal));
    }

    private static void Write(Utf8JsonWriter json, long events, List<RuleFindings> rules, RunTags? tags)
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
            if (tags is not null)
            {
                Write(json, "by", "runs", tags.Count(rule.Violations.Select(violation => violation.Event)));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (tags is not null)
        {
            json.WriteString("tag", tags.Tag);
            Write(json, "by", "correlations", tags.Correlations);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, string of, IReadOnlyList<TagCount> counts)
    {
        json.WriteStartArray(name);
        foreach (var count in counts)
        {
            json.WriteStartObject();
            json.WriteString("value", count.Value);
            json.WriteNumber(of, count.Runs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(CommandConsole console, long events, List<RuleFindings> rules, long shown, RunTags? tags)
    {
        var output = console.Out;
        foreach (var rule in rules)
        {
            var verdict = rule.Violations is [] ? console.Palette.Good("holds") : console.Palette.Bad($"broke in {Count.Of(rule.Violations.Count, "run")}");
            var divided = rule.Violations is [] || tags is null ? "" : VisibleText.Line($" ({tags.Tag}: {string.Join(", ", tags.Count(rule.Violations.Select(violation => violation.Event)))})");
            output.WriteLine($"{console.Palette.Heading(VisibleText.Line(rule.Name))}: {verdict}{divided}. {VisibleText.Line(rule.Description)}");
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
        if (tags is not null)
        {
            output.WriteLine(VisibleText.Line($"{tags.Tag} of {Count.Of(tags.Correlations.Sum(count => count.Runs), "correlation")}: {string.Join(", ", tags.Correlations)}"));
        }
    }

    /// <summary>What is asked.</summary>
    private sealed record Question(string[] Rules, string? Run, long Shown, string? Tag);

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
