namespace Nagare;

/// <summary>Finds where rules break.</summary>
public interface IBisect
{
    /// <summary>The first event in the scope after which the rule does not hold.</summary>
    ValueTask<BisectResult> Find(InvariantRule rule, JournalScope scope, CancellationToken cancellationToken = default);

    /// <summary>The first event in the scope after which the rule does not hold, searched in the given mode.</summary>
    ValueTask<BisectResult> Find(InvariantRule rule, JournalScope scope, BisectMode mode, CancellationToken cancellationToken = default);

    /// <summary>Several rules in one pass: the first break of each in the scope, in the order of the rules. Progress counts events read.</summary>
    ValueTask<IReadOnlyList<BisectResult>> FindEach(IReadOnlyList<InvariantRule> rules, JournalScope scope, IProgress<long>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>The first break of a rule in each stream of the scope, in the order of the breaks. The scope is read once.</summary>
    IAsyncEnumerable<Violation> FindInEachStream(InvariantRule rule, JournalScope scope, CancellationToken cancellationToken = default);

    /// <summary>Several rules over each stream in one pass. Progress counts events read.</summary>
    IAsyncEnumerable<Violation> FindInEachStream(IReadOnlyList<InvariantRule> rules, JournalScope scope, IProgress<long>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Every registered rule's first break on one stream.</summary>
    ValueTask<IReadOnlyList<BisectResult>> Timeline(StreamId stream, CancellationToken cancellationToken = default);
}

/// <summary>How a search goes about it.</summary>
public enum BisectMode
{
    /// <summary>Folds forward from the start of the scope and stops at the first break: right for every rule.</summary>
    FirstViolation,
}

/// <summary>How far an answer can be relied upon.</summary>
public enum BisectCertainty
{
    /// <summary>Every event up to the answer was looked at, or the rule's construction makes that unnecessary.</summary>
    Proven,
}

/// <summary>What a search found.</summary>
public sealed record BisectResult
{
    /// <summary>The rule.</summary>
    public required IBisectInvariant Rule { get; init; }

    /// <summary>The first break, or null where the rule holds throughout the scope.</summary>
    public Violation? First { get; init; }

    /// <summary>The last event of the same stream before the break at which the rule held; null where there is no break or no such event in the scope.</summary>
    public Envelope? LastGood => First?.LastGood;

    /// <summary>How often the rule was asked.</summary>
    public required long Probes { get; init; }

    /// <summary>The mode that was used.</summary>
    public required BisectMode ModeUsed { get; init; }

    /// <summary>How far the answer can be relied upon.</summary>
    public required BisectCertainty Certainty { get; init; }

    /// <summary>A rule declared monotone that held again after it broke: the first event in the same stream at which it did. Only searches that read past a break can tell (<see cref="IBisect.Timeline"/>).</summary>
    public Envelope? Contradiction { get; init; }
}

/// <summary>A rule broken at an event.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Event">The event after which it does not hold.</param>
/// <param name="Message">What the rule found.</param>
/// <param name="Explanation">The event in plain words.</param>
/// <param name="LastGood">The last event of the same stream in the scope at which the rule held, or null.</param>
public sealed record Violation(IBisectInvariant Rule, Envelope Event, string Message, Explanation Explanation, Envelope? LastGood);
