namespace Agent._1;

/// <summary>Whoever decides what comes next: a provider's model, or the stand-in.</summary>
public interface ILanguageModel
{
    /// <summary>The next turn of a run, which is either a call of a tool or the answer.</summary>
    ValueTask<Turn> Next(AgentRun run, CancellationToken cancellationToken);
}

/// <summary>A turn of the model.</summary>
public abstract record Turn
{
    public sealed record Call(string Tool, string Input, string Thought) : Turn;

    public sealed record Answer(string Text) : Turn;
}
