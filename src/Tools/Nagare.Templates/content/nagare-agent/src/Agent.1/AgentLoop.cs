using Nagare;

namespace Agent._1;

/// <summary>One question, from asking to answering. Every step is a command, which the run may refuse, and names what led to it.</summary>
public sealed class AgentLoop(IAggregateRepository<AgentRun> runs, IJournal journal, ILanguageModel model, IEnumerable<ITool> tools)
{
    /// <summary>Answers, and gives the id of the run that was recorded.</summary>
    public async Task<(string Run, string Answer)> Answer(string question, CancellationToken cancellationToken)
    {
        var id = $"run-{(await journal.Head(cancellationToken)).Value + 1}";
        var stream = AgentRun.Stream(id);
        var last = await Do(stream, new Ask(question), "user", cause: null, cancellationToken);
        while (true)
        {
            var (run, _) = await runs.Load(stream, cancellationToken);
            switch (await model.Next(run, cancellationToken))
            {
                case Turn.Call call:
                    last = await Do(stream, new CallTool(call.Tool, call.Input, call.Thought), "model", last, cancellationToken);
                    var tool = tools.First(tool => tool.Name == call.Tool);
                    last = await Do(stream, new TakeResult(call.Tool, await tool.Call(call.Input, cancellationToken)), $"tool:{call.Tool}", last, cancellationToken);
                    break;
                case Turn.Answer answer:
                    await Do(stream, new GiveAnswer(answer.Text), "model", last, cancellationToken);
                    return (id, answer.Text);
            }
        }
    }

    private async Task<Guid> Do(StreamId stream, ICommand<AgentRun> command, string actor, Guid? cause, CancellationToken cancellationToken)
    {
        var metadata = new EventMetadata { Actor = actor, CorrelationId = stream.ToString(), CausationId = cause is { } id ? id : null };
        var result = await runs.Execute(stream, command, new ExecuteOptions { Metadata = metadata }, cancellationToken);
        return result.Append?.EventId(0) ?? throw new InvalidOperationException($"{command} was refused: {result.Rejection?.Reason}.");
    }
}
