namespace Nagare.Generators;

/// <summary>Prints how the states of an aggregate are kept as snapshots: inside the aggregate, because a state is more than others may see.</summary>
internal static class SnapshotEmitter
{
    /// <summary>The member that a model lists.</summary>
    public const string Policy = "NagareSnapshots";

    private const string Codec = "NagareSnapshotCodec";

    public static GeneratedFile Emit(SnapshotModel snapshot)
    {
        var source = new SourceWriter();
        var type = snapshot.Type.FullName;
        Placement.Inside(source, snapshot.Type, "", () =>
        {
            source.Line("/// <summary>When and how the state is kept as a snapshot.</summary>");
            source.Line(SourceWriter.GeneratedCode);
            source.Line($"internal static global::Nagare.SnapshotPolicy<{type}> {Policy} {{ get; }} = new() {{ Every = {snapshot.Every}, Version = {snapshot.Version}, Codec = new {Codec}() }};");
            source.Line();
            source.Line(SourceWriter.GeneratedCode);
            source.Block($"private sealed class {Codec} : global::Nagare.SnapshotCodec<{type}>", () =>
            {
                source.Line($"public override string Schema => {Literals.Text(snapshot.Schema)};");
                source.Line();
                source.Line($"public override void Write(global::System.Text.Json.Utf8JsonWriter writer, {type} state) => State.Write(writer, state);");
                source.Line();
                source.Block($"public override {type} Read(ref global::System.Text.Json.Utf8JsonReader reader)", () =>
                {
                    source.Line("global::Nagare.WireReader.Advance(ref reader);");
                    source.Line("return State.Read(ref reader);");
                });
                source.Line();
                source.Block("private static class State", () => ObjectEmitter.EmitMembers(source, snapshot.Shape));
            });
        });
        return new GeneratedFile(snapshot.Type.HintName + ".Snapshot.g.cs", source.End());
    }
}
