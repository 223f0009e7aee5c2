using System.Text.Json;

namespace Nagare.Testing;

/// <summary>Reads and writes a tally for its snapshots.</summary>
internal sealed class TallyCodec : SnapshotCodec<Tally>
{
    public override string Schema => "notes string\nsum int32";

    public override void Write(Utf8JsonWriter writer, Tally state) => Tally.Describe(state, writer);

    public override Tally Read(ref Utf8JsonReader reader)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        return json.RootElement.TryGetProperty("notes", out var notes) && json.RootElement.TryGetProperty("sum", out var sum)
            ? new Tally(notes.GetString()!, sum.GetInt32())
            : throw new JsonException("A tally has notes and a sum.");
    }
}
