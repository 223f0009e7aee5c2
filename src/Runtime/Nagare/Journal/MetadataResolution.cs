using System.Collections.Immutable;

namespace Nagare;

/// <summary>Who wins where metadata is stated in several places: the event, then the append, then the scope, then the trace, then the append's own id.</summary>
internal static class MetadataResolution
{
    /// <summary>What holds for every event of an append that states nothing of its own.</summary>
    public static EventMetadata OfAppend(EventMetadata stated, in Ambient ambient, Guid appendId)
    {
        var resolved = ambient.Scope is { } scope ? stated.Over(scope) : stated;
        resolved = ambient.Trace is { } trace ? resolved.Over(trace) : resolved;
        return resolved.CorrelationId is null ? resolved with { CorrelationId = appendId.ToString() } : resolved;
    }

    /// <summary>What holds for one event of the append.</summary>
    /// <param name="ofAppend">What holds for the append.</param>
    /// <param name="own">What the event states itself, or null.</param>
    /// <param name="causes">Ids of earlier events of the same append that caused it, or null.</param>
    public static EventMetadata OfEvent(EventMetadata ofAppend, EventMetadata? own, IReadOnlyList<Guid>? causes)
    {
        if (causes is { Count: > 0 })
        {
            own = WithCauses(own ?? EventMetadata.None, causes);
        }

        return own is null ? ofAppend : own.Over(ofAppend);
    }

    // A parent that the event states itself stays its parent; otherwise the first of the causes is.
    private static EventMetadata WithCauses(EventMetadata own, IReadOnlyList<Guid> causes)
    {
        var further = causes.Skip(own.CausationId is null ? 1 : 0).Select(id => new CausationId(id));
        return own with
        {
            CausationId = own.CausationId ?? causes[0],
            FurtherCauses = [.. further, .. own.FurtherCauses.IsDefault ? ImmutableArray<CausationId>.Empty : own.FurtherCauses],
        };
    }
}
