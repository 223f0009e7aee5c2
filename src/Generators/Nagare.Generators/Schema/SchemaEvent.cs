using Nagare.Generators;

namespace Nagare.Schema;

/// <summary>One version of one event.</summary>
/// <param name="Family">The stored name of its family.</param>
/// <param name="Name">Its stored name.</param>
/// <param name="Version">The version of its shape, from 1.</param>
internal sealed record SchemaEvent(string Family, string Name, int Version)
{
    /// <summary>Whether it may still change freely.</summary>
    public bool IsDraft { get; init; }

    /// <summary>How code reads it.</summary>
    public SchemaReading Reading { get; init; }

    /// <summary>The stored members.</summary>
    public EquatableArray<SchemaMember> Members { get; init; }

    /// <summary>Names under which it was stored before.</summary>
    public EquatableArray<string> FormerNames { get; init; }

    /// <summary>Names of members that are gone for ever.</summary>
    public EquatableArray<string> Retired { get; init; }

    /// <summary>The record. A comment in the file.</summary>
    public string? ClrName { get; init; }

    /// <summary><c>order/placed version 2</c>.</summary>
    public override string ToString() => $"{Family}/{Name} version {Version}";
}

/// <summary>How code reads one version of an event.</summary>
internal enum SchemaReading
{
    /// <summary>As today's record, which is also written.</summary>
    Today,

    /// <summary>As a history record that an upcaster takes; nothing writes it any more.</summary>
    Past,

    /// <summary>As JSON that an upcaster takes.</summary>
    PastJson,
}
