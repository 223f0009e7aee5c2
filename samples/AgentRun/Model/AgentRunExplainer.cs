using System.Globalization;
using Nagare;

namespace AgentRuns;

/// <summary>A run in plain English. Events with an <see cref="ExplainAttribute"/> explain themselves.</summary>
[Explainer]
public sealed partial class AgentRunExplainer : IEventExplainer<AgentRunEvent>
{
    /// <summary>How much of a text a summary quotes, in characters; the detail holds all of it.</summary>
    private const int MaxQuotedCharacters = 160;

    private Explanation Explain(AgentRunEvent.Started e) =>
        new("Run began", $"Task {e.Task}{(e.Trial is { } trial ? $", trial {trial}" : "")}{(e.Model is null ? "" : $", with {e.Model}")}", ("format", e.Format), ("task", e.Task));

    private Explanation Explain(AgentRunEvent.Instructed e) => Quote("Was given its instructions", e.Text);

    private Explanation Explain(AgentRunEvent.UserSaid e) => Quote("The user said", e.Text);

    private Explanation Explain(AgentRunEvent.Noted e) => Quote($"Was shown a note ({e.Kind})", e.Text, ("note", e.Kind));

    private Explanation Explain(AgentRunEvent.ModelReplied e)
    {
        var title = (e.Text, e.Calls) switch
        {
            ({ Length: > 0 }, 0) => "Answered the user",
            ({ Length: > 0 }, _) => $"Answered the user and called {Count(e.Calls)}",
            (_, 0) => "Took a turn and did nothing",
            _ => $"Decided to call {Count(e.Calls)}",
        };
        var thought = string.IsNullOrWhiteSpace(e.StatedThought) ? null : $"Stated thought: {e.StatedThought}";
        var text = string.IsNullOrWhiteSpace(e.Text) ? null : e.Text;
        return Quote(title, string.Join(' ', new[] { text, thought }.OfType<string>()), [("calls", Invariant(e.Calls)), .. Known("cost", e.CostUsd)]);
    }

    private Explanation Explain(AgentRunEvent.ToolCalled e) => Quote($"Called {e.Tool}", e.Command ?? e.Arguments ?? "", ("tool", e.Tool));

    private Explanation Explain(AgentRunEvent.ToolReturned e) =>
        Quote($"{e.Tool} returned", e.Output.Length == 0 ? "nothing" : e.Output, [("tool", e.Tool), ("outcome", "success"), .. Known("seconds", e.Seconds)]);

    private Explanation Explain(AgentRunEvent.ToolFailed e) =>
        Quote($"{e.Tool} failed", e.Output.Length == 0 || e.Output.StartsWith(e.Error, StringComparison.Ordinal) ? e.Error : $"{e.Error}: {e.Output}", ("tool", e.Tool), ("outcome", "failure"), ("error", Words.Beginning(e.Error, MaxQuotedCharacters)));

    private Explanation Explain(AgentRunEvent.Graded e) =>
        new(e.Passed ? "Passed" : "Failed the task", $"As {e.By} judges{(e.Score is { } score ? $", score {score.ToString(CultureInfo.InvariantCulture)}" : "")}", ("passed", e.Passed ? "true" : "false"));

    private static Explanation Quote(string title, string text, params (string Key, string Value)[] tags)
    {
        var summary = Words.Beginning(text, MaxQuotedCharacters);
        return new(title, summary, tags) { Detail = text.Length > MaxQuotedCharacters ? text : null };
    }

    private static string Count(int calls) => calls == 1 ? "a tool" : $"{calls} tools";

    private static string Invariant(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    // What nobody measured gets no tag: 0 would be a measurement.
    private static IEnumerable<(string Key, string Value)> Known<T>(string name, T? value)
        where T : struct, IFormattable => value is { } known ? [(name, Invariant(known))] : [];
}
