using System.Collections.Immutable;
using System.Text.Json;
using CsCheck;

namespace Nagare.Generators.Tests.Codecs;

public sealed class DifferentialTests
{
    [Fact]
    public void The_codec_writes_the_bytes_that_System_Text_Json_writes() =>
        Values.Events.Sample(e => Assert.Equal(Wire.Text(Reference(e)), Wire.Text(Wire.Write(e))), iter: 3_000);

    [Fact]
    public void The_codec_reads_what_System_Text_Json_wrote() =>
        Values.Events.Sample(e =>
        {
            var json = Reference(e);
            var reader = new Utf8JsonReader(json);
            Assert.Equal(Wire.Text(json), Wire.Text(Wire.Write(Wire.TypeOf(e).Read(ref reader))));
        }, iter: 3_000);

    [Fact]
    public void System_Text_Json_reads_what_the_codec_wrote() =>
        Values.Events.Sample(e =>
        {
            var json = Wire.Write(e);
            Assert.Equal(Wire.Text(json), Wire.Text(Reference(JsonSerializer.Deserialize(json, e.GetType(), ReferenceJson.Default)!)));
        }, iter: 3_000);

    [Fact]
    public void Dictionaries_hold_the_same_entries_in_ordinal_order() =>
        Values.Maps.Sample(e =>
        {
            using var ours = JsonDocument.Parse(Wire.Write(e));
            using var theirs = JsonDocument.Parse(Reference(e));
            Assert.True(JsonElement.DeepEquals(theirs.RootElement, ours.RootElement));
            foreach (var map in ours.RootElement.EnumerateObject())
            {
                var keys = map.Value.EnumerateObject().Select(entry => entry.Name).ToList();
                Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
            }

            Assert.Equal(Wire.Text(Wire.Write(e)), Wire.Text(Wire.Write(Wire.Read<Everything.Maps>(Reference(e)))));

            // System.Text.Json reads sorted dictionaries by the machine's culture, for which some different keys are the same.
            var hashed = e with { Sorted = [], ImmutableSorted = ImmutableSortedDictionary<string, List<int>>.Empty };
            var read = JsonSerializer.Deserialize(Wire.Write(hashed), ReferenceJson.Default.Maps)!;
            Assert.Equal(Wire.Text(Wire.Write(hashed)), Wire.Text(Wire.Write(read)));
        }, iter: 1_000);

    [Fact]
    public void A_payload_in_pieces_reads_as_one_in_one_piece() =>
        Gen.Select(Gen.Int[1, 30], Values.Maps).Sample((length, e) =>
        {
            var json = Wire.Write(e);
            Assert.Equal(Wire.Text(json), Wire.Text(Wire.Write(Wire.ReadInPieces<Everything.Maps>(json, length))));
        }, iter: 300);

    private static byte[] Reference(object e) => JsonSerializer.SerializeToUtf8Bytes(e, e.GetType(), ReferenceJson.Default);
}
