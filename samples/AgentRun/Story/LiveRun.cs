using Nagare;

namespace AgentRuns;

/// <summary>
/// Records a run while it happens, as an agent's loop would: every step a command, which the aggregate may refuse, and every step
/// tied to what led to it.
/// </summary>
internal sealed class LiveRun(IAggregateRepository<AgentRun> runs, string id, string user, string model)
{
    // What each turn of the story's model costs. A real loop takes it from the provider's reply.
    private const long TokensIn = 640;
    private const long TokensOut = 75;
    private const decimal CostUsd = 0.0019m;

    private readonly List<Guid> _unread = [];
    private readonly List<(string Call, string Tool, Guid Event)> _open = [];
    private Guid? _turn;
    private int _calls;

    public StreamId Stream { get; } = new("agent-run", id);

    public async Task Begin(string task, string instructions, CancellationToken cancellationToken)
    {
        var begun = await Do(new BeginRun(task, model), "harness", [], cancellationToken);
        _unread.Add(await Do(new Instruct(instructions), "harness", [begun], cancellationToken));
    }

    public async Task User(string text, CancellationToken cancellationToken) =>
        _unread.Add(await Do(new HearUser(text), $"user:{user}", _turn is { } turn ? [turn] : [], cancellationToken));

    /// <summary>The model answers the user.</summary>
    public Task Says(string text, CancellationToken cancellationToken) => Turn(text, null, 0, cancellationToken);

    /// <summary>The model calls tools, all in one turn.</summary>
    public async Task Calls(string thought, (string Tool, string Arguments)[] calls, CancellationToken cancellationToken)
    {
        await Turn(null, thought, calls.Length, cancellationToken);
        foreach (var (tool, arguments) in calls)
        {
            var call = $"call-{++_calls}";
            _open.Add((call, tool, await Do(new CallTool(call, tool, arguments), $"model:{model}", [_turn!.Value], cancellationToken)));
        }
    }

    /// <summary>The oldest open call is answered.</summary>
    public async Task Returns(string output, double seconds, CancellationToken cancellationToken)
    {
        var (call, tool, cause) = Oldest();
        _unread.Add(await Do(new TakeResult(call, output, seconds), $"tool:{tool}", [cause], cancellationToken));
    }

    /// <summary>The oldest open call fails.</summary>
    public async Task Fails(string error, string output, CancellationToken cancellationToken)
    {
        var (call, tool, cause) = Oldest();
        _unread.Add(await Do(new TakeFailure(call, error, output), $"tool:{tool}", [cause], cancellationToken));
    }

    public Task Ends(string status, CancellationToken cancellationToken) => Do(new EndRun(status), "harness", [_turn!.Value], cancellationToken);

    private async Task Turn(string? text, string? thought, int calls, CancellationToken cancellationToken)
    {
        // A turn answers what came last, and has read everything that came since the turn before it.
        Guid[] causes = [.. Enumerable.Reverse(_unread)];
        _turn = await Do(new TakeTurn(text, thought, calls, TokensIn, TokensOut, CostUsd), $"model:{model}", causes, cancellationToken);
        _unread.Clear();
    }

    private (string Call, string Tool, Guid Event) Oldest()
    {
        var oldest = _open[0];
        _open.RemoveAt(0);
        return oldest;
    }

    private async Task<Guid> Do(ICommand<AgentRun> command, string actor, Guid[] causes, CancellationToken cancellationToken)
    {
        var metadata = new EventMetadata
        {
            Actor = actor,
            Subject = $"user:{user}",
            CorrelationId = Stream.ToString(),
            CausationId = causes is [var parent, ..] ? parent : null,
            FurtherCauses = [.. causes.Skip(1).Select(static cause => new CausationId(cause))],
        };
        var result = await runs.Execute(Stream, command, new ExecuteOptions { Metadata = metadata }, cancellationToken);
        return result.Append?.EventId(0) ?? throw new InvalidOperationException($"{command} was refused: {result.Rejection?.Reason}.");
    }
}
