namespace Nagare;

/// <summary>Metadata for every append made inside it: stated once at the edge of an application, never passed along.</summary>
/// <remarks>
/// Flows with async calls. Scopes nest; what an inner scope leaves null comes from the outer one. It is captured at the append
/// call, so a scope that ends while the append is queued changes nothing.
/// </remarks>
public sealed class EventScope : IDisposable
{
    private static readonly AsyncLocal<EventScope?> Ambient = new();

    private readonly EventScope? _outer;

    private EventScope(EventMetadata metadata, EventScope? outer)
    {
        _outer = outer;
        Metadata = outer is null ? metadata : metadata.Over(outer.Metadata);
    }

    /// <summary>The innermost scope's metadata, or null outside every scope.</summary>
    public static EventMetadata? Current => Ambient.Value?.Metadata;

    /// <summary>What the scope supplies, the enclosing scopes' values included.</summary>
    public EventMetadata Metadata { get; }

    /// <summary>Begins a scope that lasts until it is disposed.</summary>
    public static EventScope Begin(EventMetadata metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        var scope = new EventScope(metadata, Ambient.Value);
        Ambient.Value = scope;
        return scope;
    }

    /// <summary>Ends the scope and returns to the one around it. Disposing twice is harmless.</summary>
    public void Dispose()
    {
        if (ReferenceEquals(Ambient.Value, this))
        {
            Ambient.Value = _outer;
        }
    }
}
