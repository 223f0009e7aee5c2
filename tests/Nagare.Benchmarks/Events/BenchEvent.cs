using System.Text.Json.Serialization;

namespace Nagare.Benchmarks.Events;

/// <summary>An event of about 400 bytes, as an agent's tool result would be.</summary>
[EventFamily("bench")]
internal abstract partial record BenchEvent
{
    [Event]
    internal sealed record ToolReturned(string ToolName, string Response, int LatencyMs, double? Confidence, decimal CostUsd) : BenchEvent;

    public static ToolReturned Make(int i) => new("search_direct_flight", Text, i % 2_000, i % 3 == 0 ? null : 0.25, 0.0125m);

    private static readonly string Text = string.Concat(Enumerable.Repeat("flight HAT001 from JFK to SEA departs 06:00, 17 seats; ", 6));
}

/// <summary>What is counted when the events are folded.</summary>
[Aggregate]
internal sealed partial record BenchTotals : IAggregate<BenchTotals, BenchEvent>
{
    public long Calls { get; init; }

    public long LatencyMs { get; init; }

    private BenchTotals Apply(BenchEvent.ToolReturned e) => this with { Calls = Calls + 1, LatencyMs = LatencyMs + e.LatencyMs };
}

/// <summary>System.Text.Json's own generator over the same record: what the raw baselines write and read with.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BenchEvent.ToolReturned))]
internal sealed partial class BenchJson : JsonSerializerContext;

[EventModel]
internal sealed partial class BenchModel;
