using Microsoft.Extensions.DependencyInjection;
using Nagare;

namespace AgentRuns.Tests;

/// <summary>What an agent's loop may record, and what it is refused.</summary>
public class LoopTests
{
    private static readonly StreamId Run = new("agent-run", "test");

    [Fact]
    public async Task Nothing_is_recorded_before_the_run_begins_or_after_it_ends()
    {
        Assert.Equal("not-begun", await Refusal(new HearUser("Hello?")));
        Assert.Equal("begun", await Refusal(new BeginRun("t", "m"), new BeginRun("t", "m")));
        Assert.Equal("run-over", await Refusal(new HearUser("Hello?"), new BeginRun("t", "m"), new EndRun("done")));
        Assert.Equal("run-over", await Refusal(new CallTool("1", "search", "{}"), new BeginRun("t", "m"), new AbortRun("enough")));
    }

    [Fact]
    public async Task The_same_failing_call_is_refused()
    {
        ICommand<AgentRun>[] failed = [new BeginRun("t", "m"), new CallTool("1", "search", "{}"), new TakeFailure("1", "404", "not found")];
        Assert.Equal("same-call", await Refusal(new CallTool("2", "search", "{}"), failed));
        Assert.Null(await Refusal(new CallTool("2", "search", """{"q":"x"}"""), failed));
    }

    [Fact]
    public async Task A_turn_waits_for_the_answers_of_the_turn_before()
    {
        ICommand<AgentRun>[] waiting = [new BeginRun("t", "m"), new CallTool("1", "search", "{}")];
        Assert.Equal("call-pending", await Refusal(new TakeTurn("Done.", null, 0, null, null, null), waiting));
        Assert.Equal("call-pending", await Refusal(new CallTool("1", "other", "{}"), waiting));
        Assert.Equal("call-pending", await Refusal(new EndRun("done"), waiting));
        Assert.Equal("no-such-call", await Refusal(new TakeResult("2", "x", null), waiting));
        Assert.Null(await Refusal(new TakeResult("1", "x", null), waiting));
    }

    [Fact]
    public async Task Stopping_a_run_that_is_over_does_nothing()
    {
        await using var services = JournalInMemory.Open();
        var runs = services.GetRequiredService<IAggregateRepository<AgentRun>>();
        await runs.Execute(Run, new BeginRun("t", "m"), TestContext.Current.CancellationToken);
        await runs.Execute(Run, new AbortRun("enough"), TestContext.Current.CancellationToken);
        var again = await runs.Execute(Run, new AbortRun("enough"), TestContext.Current.CancellationToken);
        Assert.Equal((2, null, null), (again.Aggregate.Version.Value, again.Rejection, again.Append));
    }

    [Fact]
    public async Task A_run_knows_what_it_was_told_and_what_it_waits_for()
    {
        await using var services = JournalInMemory.Open();
        var runs = services.GetRequiredService<IAggregateRepository<AgentRun>>();
        ICommand<AgentRun>[] commands =
        [
            new BeginRun("t", "m"), new HearUser("Find it."), new TakeTurn(null, "Two places to look.", 2, 100, 10, 0.5m), new CallTool("1", "search", "a"), new CallTool("2", "search", "b"),
            new TakeResult("2", "there", 0.1),
        ];
        foreach (var command in commands)
        {
            Assert.Null((await runs.Execute(Run, command, TestContext.Current.CancellationToken)).Rejection);
        }

        var (run, _) = await runs.Load(Run, TestContext.Current.CancellationToken);
        Assert.Equal([new PendingCall("1", "search", "a")], run.Pending);
        Assert.Equal([new Fact("search", "b", "there", Failed: false)], run.Facts);
        Assert.Equal(("Find it.", "Two places to look.", 110L, 0.5m, 2), (run.UserSaid, run.StatedThought, run.Tokens, run.CostUsd, run.ToolsCalled["search"]));

        var (before, _) = await runs.LoadAtVersion(Run, 3, TestContext.Current.CancellationToken);
        Assert.Empty(before.Pending);
        Assert.Empty(before.Facts);
        var cost = await services.GetRequiredService<IAggregateRepository<RunCost>>().Load(Run, TestContext.Current.CancellationToken);
        Assert.Equal((0.5m, 0), (cost.State.Usd, cost.State.TurnsWithoutCost));
    }

    private static async Task<string?> Refusal(ICommand<AgentRun> command, params ICommand<AgentRun>[] before)
    {
        await using var services = JournalInMemory.Open();
        var runs = services.GetRequiredService<IAggregateRepository<AgentRun>>();
        foreach (var step in before)
        {
            Assert.Null((await runs.Execute(Run, step, TestContext.Current.CancellationToken)).Rejection);
        }

        return (await runs.Execute(Run, command, TestContext.Current.CancellationToken)).Rejection?.Code;
    }
}
