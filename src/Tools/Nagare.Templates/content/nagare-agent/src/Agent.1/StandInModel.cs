using System.Text.RegularExpressions;

namespace Agent._1;

/// <summary>Stands in for a language model, so that the service runs as it is: it looks an order up and repeats what it found. Put your provider's client in its place.</summary>
public sealed partial class StandInModel : ILanguageModel
{
    public ValueTask<Turn> Next(AgentRun run, CancellationToken cancellationToken) => ValueTask.FromResult<Turn>(
        (run.Findings.Count, OrderNumber().Match(run.Question)) switch
        {
            (0, { Success: true } order) => new Turn.Call("orders", order.Value, "the user names an order"),
            (0, _) => new Turn.Answer("Which order do you mean?"),
            _ => new Turn.Answer(run.Findings[^1]),
        });

    [GeneratedRegex("[0-9]+")]
    private static partial Regex OrderNumber();
}
