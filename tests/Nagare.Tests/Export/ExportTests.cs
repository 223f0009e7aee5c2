using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nagare.Storage;
using Nagare.Testing;
using Nagare.Tests.Tickets;

namespace Nagare.Tests;

public class ExportTests
{
    /// <summary>What no journal writes, but a storage must keep and an export carry: anything that is just bytes.</summary>
    private static readonly byte[][] HostilePayloads =
    [
        "{}"u8.ToArray(),
        [],
        [0],
        [0xFF, 0xFE, 0x00],
        [0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}'],
        "{\"a\":\n1}"u8.ToArray(),
        "{\"a\":\r1}"u8.ToArray(),
        " {}"u8.ToArray(),
        "{}\t"u8.ToArray(),
        "{} {}"u8.ToArray(),
        "{\"a\" : 1 , \"a\":2}"u8.ToArray(),
        "{\"a\":\"\\u0000\\ud800\u2028\"}"u8.ToArray(),
        "\"\\u00e9 é\""u8.ToArray(),
        [(byte)'"', 0xC3, (byte)'"'],
        "// comment"u8.ToArray(),
        "1e400"u8.ToArray(),
        "nul"u8.ToArray(),
        "{\"position\":7}"u8.ToArray(),
        Encoding.UTF8.GetBytes(new string('[', 5_000) + new string(']', 5_000)),
    ];

    [Fact]
    public async Task A_restored_journal_holds_the_same_rows_and_exports_the_same_bytes()
    {
        await using var desk = await Desk();
        var export = await Export(desk.Raw);
        await using var copy = new InMemoryStorage();
        Assert.Equal((await desk.Journal.Head()).Value, (await Restore(copy, export)).Value);
        Assert.Equal(Encoding.UTF8.GetString(export), Encoding.UTF8.GetString(await Export(copy)));

        await using var restored = await Journal.Open(TicketModel.Build(), copy);
        var envelopes = new List<Envelope>();
        await foreach (var e in restored.Read(JournalScope.Everything))
        {
            envelopes.Add(e);
        }

        Assert.Equal((await desk.Read()).Select(Everything), envelopes.Select(Everything));
        var record = Assert.Single(await copy.ReadRestores(default));
        Assert.Equal(("runs.jsonl", 7L, UnixMicroseconds.FromInstant(TicketDesk.Start)), (record.Source, record.LastPosition, record.RestoredAt));

        static object Everything(Envelope e) => (e.Position, e.StreamId, e.Version, e.EventId, e.Family, e.TypeName, e.SchemaVersion, e.Metadata, e.RecordedAt, Encoding.UTF8.GetString(e.Data.Span));
    }

    [Fact]
    public async Task Payloads_that_are_no_json_or_not_on_one_line_survive_byte_for_byte()
    {
        await using var hostile = await Stored([.. HostilePayloads.Select(data => (Data: data, Metadata: "{\n}"u8.ToArray()))]);
        var export = await Export(hostile);
        Assert.Equal(HostilePayloads.Length + 1, export.Count(b => b == '\n'));
        await using var copy = new InMemoryStorage();
        await Restore(copy, export);
        Assert.Equal(export, await Export(copy));
        Assert.Equal(HostilePayloads.Select(Convert.ToHexString), (await Rows(copy)).Select(row => Convert.ToHexString(row.Data.Span)));
        Assert.All(await Rows(copy), row => Assert.Equal("{\n}"u8.ToArray(), row.Metadata.ToArray()));
    }

    [Fact]
    public async Task Every_line_is_valid_json_and_readable_payloads_stand_in_it_as_they_are()
    {
        await using var hostile = await Stored([.. HostilePayloads.Select(data => (data, Array.Empty<byte>()))]);
        var lines = Encoding.UTF8.GetString(await Export(hostile)).TrimEnd('\n').Split('\n');
        Assert.All(lines, line => JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 10_000 }).Dispose());
        Assert.EndsWith(",\"data\":{}}", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",\"data\":{\"a\" : 1 , \"a\":2}}", lines[11], StringComparison.Ordinal);
        Assert.EndsWith(",\"dataBase64\":\"\"}", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("""{"kind":"nagare-journal","format":1,"events":19,"types":[""", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_journal_is_exported_and_restored()
    {
        await using var desk = new TicketDesk();
        var export = await Export(desk.Raw);
        await using var copy = new InMemoryStorage();
        Assert.Equal(0, (await Restore(copy, export)).Value);
        Assert.Equal(export, await Export(copy));
    }

    [Fact]
    public async Task Progress_is_told_up_to_the_last_event()
    {
        await using var desk = new TicketDesk();
        await desk.Append(Ticket.Stream("1"), [.. Enumerable.Repeat(new TicketEvent.Commented("x"), 2_500)]);
        var told = new Told();
        using var export = new MemoryStream();
        await new JournalExport(desk.Raw).Write(export, told);
        Assert.Equal([1_000L, 2_000, 2_500], told.Values);

        export.Position = 0;
        told.Values.Clear();
        await using var copy = new InMemoryStorage();
        await new JournalRestore(copy, desk.Clock).Read(export, "x", told);
        Assert.Equal([1_000L, 2_000, 2_500], told.Values);
    }

    [Fact]
    public async Task A_cancelled_restore_leaves_the_journal_empty()
    {
        await using var desk = await Desk();
        var export = await Export(desk.Raw);
        await using var copy = new InMemoryStorage();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new JournalRestore(copy, desk.Clock).Read(new MemoryStream(export), "x", null, cancelled.Token).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new JournalExport(desk.Raw).Write(Stream.Null, null, cancelled.Token).AsTask());
        Assert.Equal(0, (await copy.ReadHead(default)).Position);
    }

    [Theory]
    [InlineData("a line is missing", "Line 3: position 2 was expected, 3 found")]
    [InlineData("the last line is missing", "The header promises 7 events, 6 followed")]
    [InlineData("a line is cut", "Line 8 is no exported event")]
    [InlineData("a line stands twice", "Line 4: position 3 was expected, 2 found")]
    [InlineData("a payload was changed", "Line 2: the content of position 1 does not fit its hash")]
    [InlineData("an actor was changed", "Line 2: the content of position 1 does not fit its hash")]
    [InlineData("a version was changed", "Line 3: version 2 of ticket/1 was expected, 9 found")]
    [InlineData("a time runs backwards", "Line 3: position 2 was recorded before the one in front of it")]
    [InlineData("a member is missing", "Line 2 is no exported event: the member 'salt' is missing")]
    [InlineData("a member is not known", "Line 2 is no exported event: the member 'extra' is not known")]
    [InlineData("a member stands twice", "Line 2 is no exported event: the member 'actor' stands twice")]
    [InlineData("something follows the object", "Line 2 is no exported event")]
    [InlineData("a line is empty", "Line 2 is no exported event")]
    [InlineData("a stream id is none", "Line 2: 'ticket' is no stream id")]
    [InlineData("there is no header", "Line 1 is no header of an exported journal")]
    [InlineData("the header is of a later format", "The export has format 2; this build reads formats 1 to 1")]
    [InlineData("there is nothing", "The export is empty")]
    public async Task A_damaged_export_is_refused_with_the_line_and_nothing_is_stored(string damage, string message)
    {
        await using var desk = await Desk();
        var lines = Encoding.UTF8.GetString(await Export(desk.Raw)).TrimEnd('\n').Split('\n').ToList();
        switch (damage)
        {
            case "a line is missing": lines.RemoveAt(2); break;
            case "the last line is missing": lines.RemoveAt(7); break;
            case "a line is cut": lines[7] = lines[7][..^5]; break;
            case "a line stands twice": lines.Insert(3, lines[2]); break;
            case "a payload was changed": lines[1] = lines[1].Replace("broken", "broke", StringComparison.Ordinal); break;
            case "an actor was changed": lines[1] = lines[1].Replace("user:1", "user:2", StringComparison.Ordinal); break;
            case "a version was changed": lines[2] = lines[2].Replace("\"version\":2", "\"version\":9", StringComparison.Ordinal); break;
            case "a time runs backwards": lines[2] = lines[2].Replace("\"recordedAt\":1", "\"recordedAt\":", StringComparison.Ordinal); break;
            case "a member is missing": lines[1] = Without(lines[1], "salt"); break;
            case "a member is not known": lines[1] = "{\"extra\":1," + lines[1][1..]; break;
            case "a member stands twice": lines[1] = "{\"actor\":\"user:1\"," + lines[1][1..]; break;
            case "something follows the object": lines[1] += "1"; break;
            case "a line is empty": lines.Insert(1, ""); break;
            case "a stream id is none": lines[1] = lines[1].Replace("\"ticket/1\"", "\"ticket\"", StringComparison.Ordinal); break;
            case "there is no header": lines.RemoveAt(0); break;
            case "the header is of a later format": lines[0] = lines[0].Replace("\"format\":1", "\"format\":2", StringComparison.Ordinal); break;
            case "there is nothing": lines.Clear(); break;
            default: throw new ArgumentException(damage);
        }

        await using var copy = new InMemoryStorage();
        var refused = await Assert.ThrowsAsync<RestoreException>(() => Restore(copy, Encoding.UTF8.GetBytes(string.Join('\n', lines))).AsTask());
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await copy.ReadHead(default)).Position);
        Assert.Empty(await copy.ReadRestores(default));
    }

    [Fact]
    public async Task Windows_line_ends_and_a_missing_last_line_feed_do_no_harm()
    {
        await using var desk = await Desk();
        var export = Encoding.UTF8.GetString(await Export(desk.Raw));
        await using var copy = new InMemoryStorage();
        await Restore(copy, Encoding.UTF8.GetBytes(export.TrimEnd('\n').Replace("\n", "\r\n", StringComparison.Ordinal)));
        Assert.Equal(export, Encoding.UTF8.GetString(await Export(copy)));
    }

    [Fact]
    public async Task A_restore_goes_into_an_empty_journal_only()
    {
        await using var desk = await Desk();
        var export = await Export(desk.Raw);
        await Assert.ThrowsAsync<RestoreException>(() => Restore(desk.Raw, export).AsTask());
    }

    [Fact]
    public async Task A_line_beyond_every_bound_is_refused_before_it_fills_the_memory()
    {
        var reader = new LineReader(new MemoryStream(Enumerable.Repeat((byte)'x', 300_000).ToArray()), maxLineBytes: 100_000);
        await Assert.ThrowsAsync<RestoreException>(() => reader.Next(default).AsTask());
    }

    private static string Without(string line, string member)
    {
        var members = JsonNode.Parse(line)!.AsObject();
        members.Remove(member);
        return members.ToJsonString();
    }

    private static async Task<TicketDesk> Desk()
    {
        var desk = new TicketDesk();
        var cause = await desk.Journal.Append(Ticket.Stream("1"), ExpectedVersion.Any, [new TicketEvent.Opened("broken", "流れ")], new EventMetadata { Actor = "user:1", OccurredAt = TicketDesk.Start.AddDays(-3) });
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await desk.Journal.Append(Ticket.Stream("1"), ExpectedVersion.Any, [new TicketEvent.Commented("a\u2028b\0c")], new EventMetadata
        {
            CausationId = cause.AppendId,
            FurtherCauses = ["mail-7", Guid.CreateVersion7()],
            Subject = "customer:7",
            TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            TraceState = "a=1",
        });
        await desk.Journal.Append(new StreamId("invoice", "9"), ExpectedVersion.Any, [new InvoiceEvent.Sent(1.50m)], new EventMetadata { CausationId = "request-1" });
        await desk.Append(Ticket.Stream("2"), new TicketEvent.Attached("raw", JsonDocument.Parse("{\"a\" : [1,\n2]}").RootElement), new TicketEvent.Closed(""), new TicketEvent.Closed("x"), new TicketEvent.Closed("y"));
        return desk;
    }

    private static async Task<byte[]> Export(IJournalStorage storage)
    {
        using var target = new MemoryStream();
        await new JournalExport(storage).Write(target);
        return target.ToArray();
    }

    private static ValueTask<Position> Restore(IJournalStorage storage, byte[] export) =>
        new JournalRestore(storage, new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TicketDesk.Start)).Read(new MemoryStream(export), "runs.jsonl");

    private static async Task<InMemoryStorage> Stored((byte[] Data, byte[] Metadata)[] contents)
    {
        var storage = new InMemoryStorage();
        var id = Guid.CreateVersion7();
        await storage.Append(
            new PreparedAppend
            {
                AppendId = id,
                IsIdGiven = false,
                Now = 5,
                Bytes = 0,
                EventCount = contents.Length,
                Streams = [new PreparedStream { StreamId = Ticket.Stream("1"), Expected = ExpectedVersion.Any, Events = [.. contents.Select((content, i) => Prepared(EventIds.At(id, i), content.Data, content.Metadata))] }],
            },
            default);
        return storage;
    }

    private static PreparedEvent Prepared(Guid id, byte[] data, byte[] metadata)
    {
        var type = new StoredEventType("ticket", "raw", 1, "schema", new ExplanationTemplate("t", "s", null, "a", ["x={Y}"]));
        byte[] cause = [9, 9];
        var hash = new byte[ContentHash.HashBytes];
        var salt = new byte[ContentHash.SaltBytes];
        ContentHash.Compute(new StoredEvent { Position = 0, StreamId = "", Version = 0, RecordedAt = 0, EventId = id, Family = type.Family, Type = type.Name, SchemaVersion = 1, CausationId = cause, Data = data, Metadata = metadata, Salt = salt }, hash);
        return new PreparedEvent { EventId = id, Type = type, CausationId = cause, Data = data, Metadata = metadata, Salt = salt, ContentHash = hash };
    }

    private static async Task<List<StoredRow>> Rows(IJournalStorage storage)
    {
        var rows = new RowList();
        await storage.Read(new StoredQuery { Path = StoredPath.Journal, Until = long.MaxValue, Limit = int.MaxValue }, rows, default);
        return rows.Rows;
    }

    private sealed class RowList : IStoredEventSink
    {
        public List<StoredRow> Rows { get; } = [];

        public bool Accept(in StoredEvent e)
        {
            Rows.Add(e.ToRow());
            return true;
        }
    }

    private sealed class Told : IProgress<long>
    {
        public List<long> Values { get; } = [];

        public void Report(long value) => Values.Add(value);
    }
}
