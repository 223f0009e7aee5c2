namespace Nagare;

/// <summary>A family as the generator lists it: the closed set of records of one kind of stream.</summary>
/// <param name="Name">The stored name.</param>
/// <param name="BaseType">The base record.</param>
/// <param name="Events">Its events, in ordinal order of their stored names.</param>
public sealed record EventFamily(string Name, Type BaseType, IReadOnlyList<EventType> Events)
{
    /// <summary>Stored shapes that no event has any more, with the way from each to today's events.</summary>
    public IReadOnlyList<PastEventType> Past { get; init; } = [];

    /// <summary>Names under which the family was stored before.</summary>
    public IReadOnlyList<string> FormerNames { get; init; } = [];

    /// <summary>Whether a stored family name, of today or a former one, is this family's.</summary>
    public bool IsStoredAs(string name) => ReferenceEquals(name, Name) || name == Name || FormerNames.Contains(name);
}
