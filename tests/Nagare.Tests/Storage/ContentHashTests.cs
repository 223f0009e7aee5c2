using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Nagare.Storage;
using Nagare.Tests.Tickets;

namespace Nagare.Tests;

public partial class ContentHashTests
{
    public static TheoryData<string> Vectors => [.. JsonBlocks().Matches(Documentation()).Select(block => block.Groups[1].Value)];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_documented_vectors_hold(string vector)
    {
        var json = JsonDocument.Parse(vector).RootElement;
        Assert.Equal(Text(json, "hash"), Convert.ToHexStringLower(Hash(Row(json))));
    }

    [Fact]
    public void The_documentation_holds_four_vectors() => Assert.Equal(4, Vectors.Count);

    [Fact]
    public void Every_part_that_a_writer_states_changes_the_hash()
    {
        var row = Row(JsonDocument.Parse(JsonBlocks().Matches(Documentation())[1].Groups[1].Value).RootElement);
        StoredRow[] changed =
        [
            row with { EventId = Guid.CreateVersion7() },
            row with { Family = "agent-ruN" },
            row with { Type = "reasone" },
            row with { Family = row.Family + row.Type[..1], Type = row.Type[1..] },
            row with { SchemaVersion = 3 },
            row with { OccurredAt = row.OccurredAt + 1 },
            row with { OccurredAt = null },
            row with { CausationId = default },
            row with { CorrelationId = null },
            row with { CorrelationId = null, Actor = row.CorrelationId },
            row with { Actor = null },
            row with { Subject = "customer:8" },
            row with { TraceParent = null },
            row with { Metadata = default },
            row with { Data = row.Data[1..] },
            row with { Salt = new byte[16] },
        ];
        Assert.Equal(changed.Length + 1, changed.Append(row).Select(r => Convert.ToHexString(Hash(r))).Distinct().Count());
    }

    [Fact]
    public void What_the_database_assigns_takes_no_part()
    {
        var row = Row(JsonDocument.Parse(JsonBlocks().Matches(Documentation())[0].Groups[1].Value).RootElement);
        Assert.Equal(Hash(row), Hash(row with { Position = 9, Version = 9, StreamId = "x/y", RecordedAt = 9 }));
    }

    [Fact]
    public void A_payload_of_any_size_is_hashed_alike_whether_copied_or_not()
    {
        var row = Row(JsonDocument.Parse(JsonBlocks().Matches(Documentation())[0].Groups[1].Value).RootElement);
        foreach (var size in (int[])[0, 1, 8 * 1024, (8 * 1024) + 1, 1_000_000])
        {
            var data = new byte[size];
            byte[] parts = [0, 0, 0, 16, .. row.Salt.Span, .. BitConverter.GetBytes(size).Reverse(), .. data];
            var expected = new List<byte>();
            Part(expected, "nagare-content-1"u8);
            Part(expected, row.EventId.ToByteArray(bigEndian: true));
            Part(expected, Encoding.UTF8.GetBytes(row.Family));
            Part(expected, Encoding.UTF8.GetBytes(row.Type));
            Part(expected, [0, 0, 0, 1]);
            expected.AddRange(Enumerable.Repeat((byte)0xFF, 6 * 4));
            Part(expected, System.Security.Cryptography.SHA256.HashData([]));
            Part(expected, System.Security.Cryptography.SHA256.HashData(parts));
            Assert.Equal(System.Security.Cryptography.SHA256.HashData(expected.ToArray()), Hash(row with { Data = data }));
        }

        static void Part(List<byte> parts, ReadOnlySpan<byte> part)
        {
            parts.AddRange(BitConverter.GetBytes(part.Length).Reverse());
            parts.AddRange(part);
        }
    }

    [Fact]
    public void A_row_with_texts_beyond_every_limit_is_hashed_and_not_refused() =>
        Assert.Equal(ContentHash.HashBytes, Hash(Row(JsonDocument.Parse(JsonBlocks().Matches(Documentation())[0].Groups[1].Value).RootElement) with { Actor = new string('あ', 10_000) }).Length);

    [Fact]
    public async Task What_a_journal_stores_fits_its_hash_and_a_change_does_not()
    {
        await using var desk = new TicketDesk();
        await desk.Append(Ticket.Stream("1"), new TicketEvent.Commented("a"), new TicketEvent.Commented("a"));
        var rows = await desk.Rows();
        Assert.All(rows, row => Assert.True(ContentHash.Matches(row.AsStoredEvent())));
        Assert.Equal(2, rows.Select(row => Convert.ToHexString(row.Salt.Span)).Distinct().Count());
        Assert.False(ContentHash.Matches((rows[0] with { Data = "{\"text\":\"b\"}"u8.ToArray() }).AsStoredEvent()));
    }

    private static byte[] Hash(StoredRow row)
    {
        var hash = new byte[ContentHash.HashBytes];
        ContentHash.Compute(row.AsStoredEvent(), hash);
        return hash;
    }

    private static StoredRow Row(JsonElement json) => new()
    {
        Position = 1,
        StreamId = "agent-run/r-1",
        Version = 1,
        RecordedAt = 1,
        EventId = json.GetProperty("eventId").GetGuid(),
        Family = Text(json, "family")!,
        Type = Text(json, "type")!,
        SchemaVersion = json.GetProperty("schemaVersion").GetInt32(),
        OccurredAt = json.TryGetProperty("occurredAt", out var occurredAt) ? occurredAt.GetInt64() : null,
        CausationId = Convert.FromHexString(Text(json, "causation") ?? ""),
        CorrelationId = Text(json, "correlation"),
        Actor = Text(json, "actor"),
        Subject = Text(json, "subject"),
        TraceParent = Text(json, "traceparent"),
        Metadata = Encoding.UTF8.GetBytes(Text(json, "metadata") ?? ""),
        Salt = Convert.FromHexString(Text(json, "salt")!),
        Data = Encoding.UTF8.GetBytes(Text(json, "data")!),
        ContentHash = default,
    };

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string Documentation()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "docs", "content-hash.md")))
        {
            folder = folder.Parent ?? throw new FileNotFoundException("docs/content-hash.md stands in no folder above the tests.");
        }

        return File.ReadAllText(Path.Combine(folder.FullName, "docs", "content-hash.md"));
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlocks();
}
