namespace Nagare;

/// <summary>A family as the generator lists it: the closed set of records of one kind of stream.</summary>
/// <param name="Name">The stored name.</param>
/// <param name="BaseType">The base record.</param>
/// <param name="Events">Its events, in ordinal order of their stored names.</param>
public sealed record EventFamily(string Name, Type BaseType, IReadOnlyList<EventType> Events);
