using System.Text;

namespace Nagare.CommandLine.Tests;

public sealed class ImportRecordTests
{
    [Theory]
    [InlineData("""{"a": 1, "b": {"c": [1, 2, {"d": 3}]}, "e": null}""", true, "a", "e")]
    [InlineData("""{"a": 1, "b": {"c": 1}}""", false, "a", "c")]
    [InlineData("""{"a": 1, "a": 2}""", false, "a", "b")]
    [InlineData("""{"\u0061": 1}""", true, "a")]
    [InlineData("""["a"]""", false, "a")]
    [InlineData("\"a\"", false, "a")]
    [InlineData("", false, "a")]
    [InlineData("{", false, "a")]
    [InlineData("""{"a": {"b": """, false, "a", "b")]
    [InlineData("not json", false, "a")]
    public void A_record_tells_which_members_it_has_at_its_top(string json, bool expected, params string[] names)
    {
        Assert.Equal(expected, new ImportRecord("runs.jsonl", 1, Encoding.UTF8.GetBytes(json)).HasMembers(names));
    }

    [Fact]
    public void The_append_id_of_a_run_is_the_same_each_time_and_another_for_another_run()
    {
        var record = new ImportRecord("runs.jsonl", 1, """{"trip": "t", "at": "2026-03-01T10:00:00Z", "steps": [["asked", "x"]]}"""u8.ToArray());
        var run = new TripImporter().Read(record);
        var id = ImportAppendId.For(run);

        Assert.Equal(id, ImportAppendId.For(new TripImporter().Read(record)));
        Assert.NotEqual(id, ImportAppendId.For(run with { Streams = [run.Streams[0] with { StreamId = new("trip", "u") }] }));
        Assert.Equal(7, id.Version);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), Convert.ToInt64(id.ToString("N")[..12], 16));
    }
}
