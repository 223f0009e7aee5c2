using System.Collections.Immutable;

namespace Nagare.Tests.Snapshots;

[EventFamily("ledger")]
public abstract partial record LedgerEvent
{
    [Event("booked")]
    public sealed record Booked(string Account, decimal Amount, DateTimeOffset? At) : LedgerEvent;

    [Event("tagged")]
    public sealed record Tagged(string Tag, Weight Weight) : LedgerEvent;

    [Event("closed")]
    public sealed record Closed : LedgerEvent;
}

public enum Weight
{
    Light,
    Heavy,
}

public readonly record struct Line(string Account, decimal Amount);

/// <summary>A record of init and positional members, nested values, nulls, enums and dictionaries.</summary>
[Aggregate(SnapshotEvery = 7)]
public sealed partial record Ledger(string Name = "main") : IAggregate<Ledger, LedgerEvent>
{
    public ImmutableList<Line> Lines { get; init; } = [];
    public ImmutableDictionary<string, decimal> Balances { get; init; } = ImmutableDictionary<string, decimal>.Empty;
    public DateTimeOffset? Last { get; init; }
    public Weight? Heaviest { get; init; }
    public string? Note { get; init; } = "none yet";
    public bool IsClosed { get; init; }
    public Line Newest { get; init; } = new("", 0m);

    Ledger Apply(LedgerEvent.Booked e) => this with
    {
        Lines = Lines.Add(new(e.Account, e.Amount)),
        Balances = Balances.SetItem(e.Account, Balances.GetValueOrDefault(e.Account) + e.Amount),
        Last = e.At,
        Newest = new(e.Account, e.Amount),
    };

    Ledger Apply(LedgerEvent.Tagged e) => this with { Heaviest = e.Weight, Note = e.Tag.Length == 0 ? null : e.Tag };

    Ledger Apply(LedgerEvent.Closed e) => this with { IsClosed = true };
}

/// <summary>A class that changes in place and hides what it holds: fields, private setters, get-only collections, a required and a private property.</summary>
[Aggregate(SnapshotEvery = 5, SnapshotVersion = 3)]
public sealed partial class HiddenLedger : IAggregate<HiddenLedger, LedgerEvent>
{
    private readonly Dictionary<string, int> _seen = [];
    private readonly List<Line> _lines = [new("opening", 0m)];
    private int _closings;
    private string? _lastTag = "none";

    public decimal Sum { get; private set; }
    public List<string> Tags { get; } = [];
    private long Ticks { get; set; } = -1;

    /// <summary>Shows what is hidden, for the tests.</summary>
    public string Everything => $"{Sum} {Ticks} {_closings} {_lastTag ?? "null"} [{string.Join(",", Tags)}] [{string.Join(",", _lines)}] [{string.Join(",", _seen.OrderBy(pair => pair.Key, StringComparer.Ordinal))}]";

    void Apply(LedgerEvent.Booked e)
    {
        Sum += e.Amount;
        Ticks = e.At?.UtcTicks ?? -1;
        _lines.Add(new(e.Account, e.Amount));
        _seen[e.Account] = _seen.GetValueOrDefault(e.Account) + 1;
    }

    void Apply(LedgerEvent.Tagged e)
    {
        Tags.Add(e.Tag);
        _lastTag = e.Weight == Weight.Heavy ? null : e.Tag;
    }

    void Apply(LedgerEvent.Closed e) => _closings++;
}
