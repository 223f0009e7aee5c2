namespace Nagare.Generators;

/// <summary>An aggregate whose states are kept as snapshots.</summary>
/// <param name="Type">The aggregate.</param>
/// <param name="Shape">Its whole state, private members too.</param>
/// <param name="Schema">That state as text, with the types inside it.</param>
/// <param name="Every">How many events may lie between two snapshots.</param>
/// <param name="Version">The version of the fold.</param>
internal sealed record SnapshotModel(TypeModel Type, ShapeModel Shape, string Schema, int Every, int Version);

/// <summary>What a parser makes of an aggregate that asks for snapshots.</summary>
/// <param name="Snapshot">The aggregate.</param>
/// <param name="Reachable">The types inside its state, in ordinal order.</param>
internal sealed record ParsedSnapshot(SnapshotModel Snapshot, EquatableArray<ShapeModel> Reachable);
