using System.Text.Json.Serialization;
using AgentRuns;

namespace Nagare.Benchmarks.Codecs;

/// <summary>The sample's events as its runs hold them: short and long texts, some of them not ASCII, numbers known and unknown, raw JSON.</summary>
internal static class SampleEvents
{
    private const string Thought = "The user wants to change the return flight to May 24. I should look for direct flights first, then show the fare difference and ask for a yes before I book.";

    private const string Output = """
        [{"flight_number": "HAT069", "origin": "SEA", "destination": "EWR", "scheduled_departure_time_est": "06:00:00", "status": "available", "available_seats": {"basic_economy": 17, "economy": 12, "business": 3}, "prices": {"basic_economy": 51, "economy": 121, "business": 239}}]
        """;

    public static IReadOnlyList<AgentRunEvent> All { get; } =
    [
        new AgentRunEvent.Started("tau-bench", "17", Trial: 2, Model: "gpt-4o"),
        new AgentRunEvent.UserSaid("Hello, I'd like to change my flight to Zürich to the 24th, please – the one that leaves early."),
        new AgentRunEvent.ModelReplied(null, Thought, 1, TokensIn: 5_121, TokensOut: 96, CostUsd: 0.0141m, Seconds: 1.75),
        new AgentRunEvent.ToolCalled("call_8aQ2", "search_direct_flight", """{"origin": "SEA", "destination": "EWR", "date": "2024-05-24"}"""),
        new AgentRunEvent.ToolReturned("call_8aQ2", "search_direct_flight", Output, Seconds: 0.42),
        new AgentRunEvent.ToolFailed("call_8aQ3", "bash", "exit code 1", "E   AssertionError: 3 != 4", ReturnCode: 1),
        new AgentRunEvent.ModelReplied("There is a flight at 06:00 for $121. Shall I change it?", null, 0, TokensIn: 5_611, TokensOut: 41, CostUsd: 0.0148m, Seconds: 0.98),
        new AgentRunEvent.Ended("submitted", "diff --git a/x.py b/x.py\n- return 3\n+ return 4\n", ReportedCostUsd: 0.0643m, ReportedCalls: 31),
    ];
}

/// <summary>System.Text.Json's own generator over the same records, with its fast paths for writing.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AgentRunEvent.Started))]
[JsonSerializable(typeof(AgentRunEvent.UserSaid))]
[JsonSerializable(typeof(AgentRunEvent.ModelReplied))]
[JsonSerializable(typeof(AgentRunEvent.ToolCalled))]
[JsonSerializable(typeof(AgentRunEvent.ToolReturned))]
[JsonSerializable(typeof(AgentRunEvent.ToolFailed))]
[JsonSerializable(typeof(AgentRunEvent.Ended))]
internal sealed partial class SampleJson : JsonSerializerContext;
