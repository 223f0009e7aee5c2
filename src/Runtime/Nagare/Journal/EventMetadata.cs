using System.Collections.Immutable;

namespace Nagare;

/// <summary>What is known about an event besides what it says: who, for whom, why, when, and as part of what.</summary>
/// <remarks>
/// The same type goes in and comes out. At the append call what is null is filled from the enclosing <see cref="EventScope"/>, then
/// from <see cref="System.Diagnostics.Activity.Current"/> (trace context, and its trace id as the correlation id); an append that
/// still has no correlation id is the root of a new one and takes its own append id.
/// </remarks>
public sealed record EventMetadata
{
    // First in the file, because None is made from it.
    internal static ImmutableSortedDictionary<string, string> NoEntries { get; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Metadata that states nothing.</summary>
    public static EventMetadata None { get; } = new();

    /// <summary>Ties together one logical request: 1 to 255 bytes of UTF-8.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The immediate parent; null for what no parent caused.</summary>
    public CausationId? CausationId { get; init; }

    /// <summary>Causes besides the immediate parent: an agent's thought may read three tool results.</summary>
    public ImmutableArray<CausationId> FurtherCauses { get; init; } = [];

    /// <summary>Who acted: 1 to 255 bytes of UTF-8.</summary>
    public string? Actor { get; init; }

    /// <summary>On whose behalf or about whom: 1 to 255 bytes of UTF-8.</summary>
    public string? Subject { get; init; }

    /// <summary>W3C trace context, e.g. <c>00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01</c>.</summary>
    public string? TraceParent { get; init; }

    /// <summary>W3C trace state that belongs to <see cref="TraceParent"/>.</summary>
    public string? TraceState { get; init; }

    /// <summary>When it happened, where that is not when it was recorded (imports, offline agents). Kept as a UTC instant to the microsecond.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>Free entries, in ordinal order of their names.</summary>
    public ImmutableSortedDictionary<string, string> Entries { get; init; } = NoEntries;

    /// <summary>Compares all values; further causes in their order, entries by content.</summary>
    public bool Equals(EventMetadata? other) =>
        other is not null
        && CorrelationId == other.CorrelationId
        && CausationId == other.CausationId
        && FurtherCauses.AsSpan().SequenceEqual(other.FurtherCauses.AsSpan())
        && Actor == other.Actor
        && Subject == other.Subject
        && TraceParent == other.TraceParent
        && TraceState == other.TraceState
        && OccurredAt == other.OccurredAt
        && Entries.SequenceEqual(other.Entries);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(CorrelationId, CausationId, Actor, Subject, TraceParent, OccurredAt, Entries.Count);
}
