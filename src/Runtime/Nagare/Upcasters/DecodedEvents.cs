namespace Nagare;

/// <summary>What a stored event means today: as a rule one event, after an upcaster perhaps none or several. One alone is held without a list.</summary>
internal readonly struct DecodedEvents
{
    private readonly object? _single;
    private readonly object[]? _several;

    /// <summary>One event.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public DecodedEvents(object single) => _single = single ?? throw Nothing();

    private DecodedEvents(object[] several) => _several = several;

    /// <summary>No event.</summary>
    public static DecodedEvents None => default;

    public int Count => _single is not null ? 1 : _several?.Length ?? 0;

    public object this[int ordinal] => _single ?? _several![ordinal];

    /// <summary>All of them, made now: what an upcaster yields late would fail late.</summary>
    /// <exception cref="InvalidOperationException">It is null, or holds a null.</exception>
    public static DecodedEvents Of(IEnumerable<object> events)
    {
        object[] several = [.. events ?? throw Nothing()];
        return several.Contains(null) ? throw Nothing() : new DecodedEvents(several);
    }

    private static InvalidOperationException Nothing() => new("The upcaster returned null. Where nothing is left of an event it returns an empty list.");
}
