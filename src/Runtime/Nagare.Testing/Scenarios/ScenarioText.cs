using System.Text;
using System.Text.Json;

namespace Nagare.Testing;

/// <summary>How a scenario that failed reads: expected, found, and in a list of events where the two part.</summary>
internal static class ScenarioText
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    public static string Expected(string expected, string found) => $"Expected {expected}\nFound    {found}";

    public static string Of(Decision decision) => decision switch
    {
        { Rejection: { } rejection } => $"a rejection with the code '{rejection.Code}': {rejection.Reason}",
        { Events.IsEmpty: true } => "nothing",
        _ => $"{Count(decision.Events.Length)}{List(decision.Events)}",
    };

    public static string List(IEnumerable<object> events) => string.Concat(events.Select(e => $"\n    {e}"));

    /// <summary>Both lists, a line each event; lines that agree are indented, lines that do not are marked - for expected and + for found.</summary>
    public static string Difference(IReadOnlyList<object> expected, Decision decision)
    {
        if (decision.Rejection is not null || decision.Events.IsEmpty || expected.Count == 0)
        {
            return Expected(expected.Count == 0 ? "nothing" : $"{Count(expected.Count)}{List(expected)}", Of(decision));
        }

        var text = new StringBuilder($"Expected {Count(expected.Count)}, found {Count(decision.Events.Length)} (- expected, + found)");
        for (var i = 0; i < Math.Max(expected.Count, decision.Events.Length); i++)
        {
            var wanted = i < expected.Count ? expected[i] : null;
            var found = i < decision.Events.Length ? decision.Events[i] : null;
            if (Equals(wanted, found))
            {
                text.Append("\n    ").Append(found);
                continue;
            }

            text.Append(wanted is null ? "" : $"\n  - {wanted}").Append(found is null ? "" : $"\n  + {found}");
        }

        return text.ToString();
    }

    /// <summary>The state as its own description, or as it prints itself where it has none.</summary>
    public static string State<TAggregate>(TAggregate state)
        where TAggregate : IAggregate<TAggregate>
    {
        using var stream = new MemoryStream();
        try
        {
            using var writer = new Utf8JsonWriter(stream, Indented);
            TAggregate.Fold.Describe(state, writer);
        }
        catch (EventModelException)
        {
            return $"{state}";
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static string Count(int events) => events == 1 ? "1 event" : $"{events} events";
}
