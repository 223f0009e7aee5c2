using System.Collections.Immutable;

namespace Nagare.Storage;

/// <summary>The part of the metadata that has no column of its own: trace state, further causes, free entries; one JSON object, or nothing.</summary>
/// <param name="TraceState">W3C trace state, or null.</param>
/// <param name="FurtherCauses">Causes besides the parent.</param>
/// <param name="Entries">Free entries.</param>
public readonly record struct StoredMetadata(string? TraceState, ImmutableArray<CausationId> FurtherCauses, ImmutableSortedDictionary<string, string> Entries);
