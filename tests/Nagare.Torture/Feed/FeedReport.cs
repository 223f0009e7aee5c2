using System.Globalization;

namespace Nagare.Torture;

/// <summary>What the readers of a feed saw, against what its writers were told and what is stored.</summary>
public sealed class FeedReport
{
    /// <summary>How long the writers wrote.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Events whose writers were told that they are stored.</summary>
    public required int Acknowledged { get; init; }

    /// <summary>Events in the journal afterwards.</summary>
    public required int Stored { get; init; }

    /// <summary>Appends that lost against another, on purpose.</summary>
    public required int Conflicts { get; init; }

    /// <summary>Appending transactions that were held open and taken back.</summary>
    public required int HeldOpen { get; init; }

    /// <summary>How often the restarted reader was closed and opened again.</summary>
    public required int Restarts { get; init; }

    /// <summary>Events that a reader has not seen and never will, because it went on behind them; summed over the readers.</summary>
    public required int Missed { get; init; }

    /// <summary>Events that a reader saw again.</summary>
    public required int Doubled { get; init; }

    /// <summary>Events that a reader saw after a later one of the journal or of their stream.</summary>
    public required int OutOfOrder { get; init; }

    /// <summary>Acknowledged events that are not in the journal.</summary>
    public required int Lost { get; init; }

    /// <summary>Between the writer's being told and the tailing readers' having it: half of the events at most.</summary>
    public required TimeSpan LagP50 { get; init; }

    /// <summary>The same for 99 of 100.</summary>
    public required TimeSpan LagP99 { get; init; }

    /// <summary>Whether nothing was missed, doubled, out of order or lost.</summary>
    public bool IsClean => Missed + Doubled + OutOfOrder + Lost == 0;

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Duration.TotalSeconds:0} s: {Acknowledged} events acknowledged, {Stored} stored, {Conflicts} conflicts, {HeldOpen} transactions held open, {Restarts} restarts; missed {Missed}, doubled {Doubled}, out of order {OutOfOrder}, lost {Lost}; lag p50 {LagP50.TotalMilliseconds:0.0} ms, p99 {LagP99.TotalMilliseconds:0.0} ms");
}
