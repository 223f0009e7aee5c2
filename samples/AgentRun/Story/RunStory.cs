using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Nagare;
using Nagare.CommandLine;

namespace AgentRuns;

/// <summary>
/// What the program does without arguments: it records five runs in a fresh journal, one of which goes wrong, and then answers the
/// four questions that a log cannot.
/// </summary>
internal sealed class RunStory(IServiceProvider services, TextWriter output, string database)
{
    private const int MaxStories = 999;

    /// <summary>The version at which the run that went wrong places its order.</summary>
    internal const long OrderVersion = 10;

    private readonly IAggregateRepository<AgentRun> _runs = services.GetRequiredService<IAggregateRepository<AgentRun>>();

    /// <summary>Tells the story on a new SQLite file in the current folder.</summary>
    public static async Task<int> Tell(CommandConsole console, CancellationToken cancellationToken)
    {
        var database = FreshFile();
        await Tell(
            console.Out,
            database,
            () => new ServiceCollection()
                .AddNagare(nagare => nagare.AddModel<AgentRunsModel>().UseSqlite($"Data Source={database}"))
                .BuildServiceProvider(),
            cancellationToken);
        return ExitCode.Fine;
    }

    /// <summary>Tells it on any journal. The headline stands there before anything is opened: a person waits for the first line.</summary>
    internal static async Task Tell(TextWriter output, string database, Func<ServiceProvider> open, CancellationToken cancellationToken)
    {
        output.WriteLine($"An agent buys flour and sugar for a few bakeries. Five of its runs are recorded in {database}.");
        await using var services = open();
        await new RunStory(services, output, database).Tell(cancellationToken);
    }

    private async Task Tell(CancellationToken cancellationToken)
    {
        await new BakeryRuns(_runs).Record(cancellationToken);
        var events = await services.GetRequiredService<IJournal>().Head(cancellationToken);
        Line($"They came to {events} events.");
        Line($"In one of them, {BakeryRuns.TheOneThatWentWrong.Id}, 254 sacks of flour were bought for a shop that needed nine.");

        await WhatDidItKnow(cancellationToken);
        await WhatHappened(cancellationToken);
        await WhyThat(cancellationToken);
        await WhereDidItBreak(cancellationToken);
        WhatNext();
    }

    private async Task WhatDidItKnow(CancellationToken cancellationToken)
    {
        Heading($"1. What did it know when it placed the order? The run as it was at step {OrderVersion - 1}:");
        var (run, _) = await _runs.LoadAtVersion(BakeryRuns.TheOneThatWentWrong, OrderVersion - 1, cancellationToken);
        Line($"   the user    {run.UserSaid}");
        foreach (var fact in run.Facts)
        {
            Line($"   {fact.Tool,-14} {fact.Answer}");
        }

        Line($"   its thought {run.StatedThought}");
        Line();
        Line($"   And what step {OrderVersion} changed:");
        var diff = await _runs.Diff(BakeryRuns.TheOneThatWentWrong, OrderVersion - 1, OrderVersion, cancellationToken);
        foreach (var change in diff.Changes)
        {
            Line($"   {change}");
        }
    }

    private async Task WhatHappened(CancellationToken cancellationToken)
    {
        Heading("2. What happened? Each step in plain English:");
        await foreach (var step in _runs.Steps(BakeryRuns.TheOneThatWentWrong, cancellationToken))
        {
            Line($"   {step.Envelope.Version.Value,2}  {step.Explanation.Title,-30} {step.Explanation.Summary}".TrimEnd());
        }
    }

    private async Task WhyThat(CancellationToken cancellationToken)
    {
        Heading("3. Why that order? Its causes, back to the user's words:");
        var order = await Event(OrderVersion, cancellationToken);
        var causes = await services.GetRequiredService<ILineage>().Causes(order.EventId, cancellationToken);
        foreach (var node in causes.Nodes.Reverse())
        {
            var from = causes.Edges.Where(edge => edge.Effect == node.Envelope.EventId).Select(edge => causes.Nodes.Single(cause => cause.Envelope.EventId == edge.Cause).Envelope.Version.Value);
            var because = string.Join(" and ", from.Order().Select(version => version.ToString(CultureInfo.InvariantCulture)));
            Line($"   {node.Envelope.Version.Value,2}  {node.Explanation}");
            Line($"       {(because.Length == 0 ? "nothing in the journal caused it" : $"because of {because}")}");
        }
    }

    private async Task WhereDidItBreak(CancellationToken cancellationToken)
    {
        Heading("4. Where did it go wrong? Two rules, asked of every step of every run:");
        var bisect = services.GetRequiredService<IBisect>();
        foreach (var result in await bisect.FindEach([AgentRunsModel.Invariants.StockIsNotNegative, AgentRunsModel.Invariants.BigOrdersAreAskedFor], JournalScope.Everything, cancellationToken: cancellationToken))
        {
            Line($"   {result.Rule.Name}: {result.Rule.Description}");
            if (result.First is not { } first)
            {
                Line($"      holds; asked {result.Probes} times");
                continue;
            }

            Line($"      first broken in {first.Event.StreamId.Id} at step {first.Event.Version}: {first.Message}");
            Line($"      {first.Explanation}");
            Line($"      good until step {first.LastGood?.Version.ToString() ?? "0"}; {result.Certainty.ToString().ToLowerInvariant()}, {result.Probes} probes");
        }

        var bad = await bisect.Find(AgentRunsModel.Invariants.StockIsNotNegative, JournalScope.Everything, cancellationToken);
        if (bad.First is { } garbage)
        {
            var effects = await services.GetRequiredService<ILineage>().Effects(garbage.Event.EventId, cancellationToken);
            Line();
            Line($"   What followed from that one bad answer: {effects.Nodes.Count - 1} events, among them");
            foreach (var node in effects.Nodes.Where(static node => node.Envelope.Event is AgentRunEvent.ToolCalled))
            {
                Line($"      {node.Envelope.Version.Value,2}  {node.Explanation}");
            }
        }
    }

    private void WhatNext()
    {
        Heading("Try next:");
        foreach (var command in new[]
        {
            $"runs list --db {database}",
            $"runs show riverside-flour --db {database}",
            $"state riverside-flour --at 9 --diff 8 --db {database}",
            $"why riverside-flour --at 10 --db {database}",
            $"check --db {database}",
            "import PATH --db imported.db        (runs of tau-bench, mini-swe-agent or SWE-agent)",
        })
        {
            Line($"   dotnet run --project samples/AgentRun -- {command}");
        }
    }

    private async Task<Envelope> Event(long version, CancellationToken cancellationToken)
    {
        await foreach (var envelope in services.GetRequiredService<IJournal>().Read(JournalScope.Of(BakeryRuns.TheOneThatWentWrong), cancellationToken))
        {
            if (envelope.Version.Value == version)
            {
                return envelope;
            }
        }

        throw new InvalidOperationException($"The story has no step {version}.");
    }

    private void Heading(string text)
    {
        Line();
        Line(text);
        Line();
    }

    private void Line(string text = "") => output.WriteLine(text);

    // A fresh file each time: what an earlier story left may have been added to since.
    private static string FreshFile()
    {
        for (var number = 1; number <= MaxStories; number++)
        {
            var name = number == 1 ? "agent-run-story.db" : string.Create(CultureInfo.InvariantCulture, $"agent-run-story-{number}.db");
            if (!File.Exists(name))
            {
                return name;
            }
        }

        throw new IOException($"{MaxStories} stories are in this folder already; delete agent-run-story*.db.");
    }
}
