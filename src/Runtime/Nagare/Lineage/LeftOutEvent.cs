namespace Nagare;

/// <summary>
/// What stands in a <see cref="LineageNode"/> for a stored event that is no event today: an upcaster leaves nothing of it, or no model knows it
/// and unknown events are skipped. It still was caused and still led to others, so that a walk goes through it.
/// </summary>
public sealed class LeftOutEvent
{
    internal LeftOutEvent(bool isUnknown) => IsUnknown = isUnknown;

    /// <summary>Whether no registered model knows it, rather than an upcaster leaving nothing of it.</summary>
    public bool IsUnknown { get; }

    internal Explanation Explain(Envelope envelope) => new(
        $"{envelope.TypeName} (schema version {envelope.SchemaVersion})",
        IsUnknown ? "no registered model knows it" : "an upcaster leaves nothing of it");
}
