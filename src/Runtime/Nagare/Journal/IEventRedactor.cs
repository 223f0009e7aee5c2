namespace Nagare;

/// <summary>Replaces or encrypts what must not be kept, at the append call: before an event is stored, logged or queued.</summary>
/// <remarks>
/// Give the same answer for the same event: an append that comes again with its id is compared with what was stored. Called on the
/// caller's thread, by many callers at once.
/// </remarks>
public interface IEventRedactor
{
    /// <summary>The event and metadata to store instead of these; the same ones where nothing is to be hidden.</summary>
    /// <param name="stream">The stream the event goes to.</param>
    /// <param name="e">The event. What is returned must be of the same event type.</param>
    /// <param name="metadata">Its metadata with everything that the scope and the trace context filled in.</param>
    Redaction Redact(StreamId stream, object e, EventMetadata metadata);
}

/// <summary>What is stored instead.</summary>
/// <param name="Event">The event.</param>
/// <param name="Metadata">Its metadata.</param>
public readonly record struct Redaction(object Event, EventMetadata Metadata);
