namespace Nagare;

/// <summary>Marks a record as the shape that an event had in an earlier schema version: history, kept to read what was stored then.</summary>
/// <remarks>
/// It is no event of the family and is never written. An <see cref="UpcasterAttribute"/> method makes of it what it means today, or the
/// record of a later version. Once events are stored in a shape, its record stays as it is.
/// </remarks>
/// <typeparam name="TFamily">The base record of the family.</typeparam>
/// <param name="name">The stored name, within the family.</param>
/// <param name="version">The schema version in which it was stored, from 1.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PastEventAttribute<TFamily>(string name, int version) : Attribute
    where TFamily : class
{
    /// <summary>The stored name, within the family.</summary>
    public string Name { get; } = name;

    /// <summary>The schema version in which it was stored, from 1.</summary>
    public int Version { get; } = version;
}
