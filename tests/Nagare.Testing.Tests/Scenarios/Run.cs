using System.Collections.Immutable;
using System.Text.Json;

namespace Nagare.Testing;

/// <summary>A small agent run, written by hand: a scenario needs no generator.</summary>
internal abstract record RunEvent
{
    public sealed record Called(string Tool, string Args) : RunEvent;

    public sealed record Failed(string Tool, string Code) : RunEvent;

    public sealed record Aborted(string Reason) : RunEvent;
}

internal sealed record Call(string Tool, string Args) : ICommand<Run>;

internal sealed record Abort(string Reason) : ICommand<Run>;

internal sealed record Run(ImmutableList<string> Calls, bool LastFailed, bool IsOver) : IAggregate<Run, RunEvent>
{
    public static Run Initial { get; } = new([], false, false);

    public static Run Evolve(Run state, RunEvent e) => e switch
    {
        RunEvent.Called called => state with { Calls = state.Calls.Add($"{called.Tool}({called.Args})"), LastFailed = false },
        RunEvent.Failed => state with { LastFailed = true },
        RunEvent.Aborted => state with { IsOver = true },
        _ => state,
    };

    public static Decision<RunEvent> Decide(Run state, ICommand<Run> command, DecisionContext at) => command switch
    {
        Call call when state.LastFailed && state.Calls[^1] == $"{call.Tool}({call.Args})" => Decision.Reject<RunEvent>($"{call.Tool} just failed with these arguments", "same-call"),
        Call call => new RunEvent.Called(call.Tool, call.Args),
        Abort when state.IsOver => Decision.Ignore<RunEvent>(),
        Abort abort => Decision.Persist<RunEvent>(new RunEvent.Called("clean-up", $"{at.StreamId.Id} v{at.Version}"), new RunEvent.Aborted(abort.Reason)),
        _ => throw new CommandNotHandledException(typeof(Run), command.GetType()),
    };

    public static void Describe(Run state, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("calls", state.Calls.Count);
        writer.WriteBoolean("isOver", state.IsOver);
        writer.WriteEndObject();
    }
}

internal static class RunRules
{
    public static InvariantRule FewCalls { get; } = InvariantRule.OverState<Run, RunEvent>("few-calls", "A run makes at most two calls.", true, (run, _) => InvariantResult.Check(run.Calls.Count <= 2, $"{run.Calls.Count} calls"));

    public static InvariantRule NoTimeout { get; } = InvariantRule.OverEvent<RunEvent.Failed>("no-timeout", "No call times out.", false, (e, _) => InvariantResult.Check(e.Code != "timeout", $"{e.Tool} timed out"));

    public static InvariantRule NoLoop { get; } = InvariantRule.Of(_ => new NoLoopRule());

    private sealed class NoLoopRule : IBisectInvariant
    {
        public string Name => "no-loop";

        public string Description => "No call is made twice in a row.";

        public async ValueTask<InvariantResult> Evaluate(IInvariantContext ctx)
        {
            var run = await ctx.Load<Run>(ctx.StreamId);
            return run.Calls is [.., var a, var b] && a == b ? InvariantResult.Fails($"{a} came twice") : InvariantResult.Holds;
        }
    }
}
