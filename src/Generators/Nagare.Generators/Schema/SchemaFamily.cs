using Nagare.Generators;

namespace Nagare.Schema;

/// <summary>An event family.</summary>
/// <param name="Name">Its stored name.</param>
internal sealed record SchemaFamily(string Name)
{
    /// <summary>Names under which it was stored before.</summary>
    public EquatableArray<string> FormerNames { get; init; }

    /// <summary>Names of events that are gone for ever.</summary>
    public EquatableArray<string> Retired { get; init; }

    /// <summary>The base record. A comment in the file: no comparison heeds it.</summary>
    public string? ClrName { get; init; }
}
