using Nagare.Benchmarks.Events;

namespace Nagare.Benchmarks.Peers;

/// <summary>The benchmarks' event as the peers store it: public and free of anything of ours, which their serializers and code generators ask for.</summary>
public sealed record PeerEvent(string ToolName, string Response, int LatencyMs, double? Confidence, decimal CostUsd)
{
    internal static PeerEvent Make(int i)
    {
        var e = BenchEvent.Make(i);
        return new PeerEvent(e.ToolName, e.Response, e.LatencyMs, e.Confidence, e.CostUsd);
    }
}

/// <summary>What is counted when Marten folds the events.</summary>
public sealed class PeerTotals
{
    /// <summary>The stream.</summary>
    public string Id { get; set; } = "";

    /// <summary>How many events there were.</summary>
    public long Calls { get; set; }

    /// <summary>Their latencies together.</summary>
    public long LatencyMs { get; set; }

    /// <summary>Folds one event.</summary>
    public void Apply(PeerEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        Calls++;
        LatencyMs += e.LatencyMs;
    }
}
