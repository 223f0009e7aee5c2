namespace Nagare;

/// <summary>How metadata that was stated combines with metadata that surrounds it: explicit wins, null is filled.</summary>
internal static class EventMetadataMerge
{
    public static EventMetadata Over(this EventMetadata stated, EventMetadata surrounding) => new()
    {
        CorrelationId = stated.CorrelationId ?? surrounding.CorrelationId,
        CausationId = stated.CausationId ?? surrounding.CausationId,
        // Further causes belong to the parent they stand beside: who states a parent of his own states all of his causes.
        FurtherCauses = stated.CausationId is null && stated.FurtherCauses.IsDefaultOrEmpty ? surrounding.FurtherCauses : stated.FurtherCauses,
        Actor = stated.Actor ?? surrounding.Actor,
        Subject = stated.Subject ?? surrounding.Subject,
        TraceParent = stated.TraceParent ?? surrounding.TraceParent,
        TraceState = stated.TraceParent is null ? stated.TraceState ?? surrounding.TraceState : stated.TraceState,
        OccurredAt = stated.OccurredAt ?? surrounding.OccurredAt,
        Entries = stated.Entries.IsEmpty ? surrounding.Entries : surrounding.Entries.SetItems(stated.Entries),
    };
}
