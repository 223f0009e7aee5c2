using System.Diagnostics;

namespace Nagare;

/// <summary>What surrounds an append call: the scope, and the caller's activity. Taken on the caller's thread, at the call, before any span of our own begins.</summary>
/// <remarks>
/// So an event's traceparent is the caller's, whether somebody listens to our spans or not: what is stored, and what is hashed, does not depend on
/// telemetry; and a handler that goes on from it hangs below the work that caused it, not below a database call.
/// </remarks>
internal readonly record struct Ambient(EventMetadata? Scope, EventMetadata? Trace)
{
    public static Ambient Capture() => new(
        EventScope.Current,
        Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity
            ? new EventMetadata { TraceParent = activity.Id, TraceState = activity.TraceStateString, CorrelationId = activity.TraceId.ToHexString() }
            : null);
}
