using Nagare.Storage;

namespace Nagare.Tests;

public class RestoredRowsTests
{
    [Fact]
    public void Rows_that_go_on_where_journal_and_stream_ended_are_taken()
    {
        var rows = new RestoredRows();
        Assert.Null(rows.Take(Row(1, "ticket/1", 1, 10)));
        Assert.Null(rows.Take(Row(2, "invoice/1", 1, 10, "invoice")));
        Assert.Null(rows.Take(Row(3, "ticket/1", 2, 11)));
        Assert.Equal(new JournalHead(3, 11), rows.Head);
    }

    public static TheoryData<StoredRow, string> Breaches => new()
    {
        { Row(1, "ticket/1", 2, 10), "position 2 was expected, 1 found" },
        { Row(3, "ticket/1", 2, 10), "position 2 was expected, 3 found" },
        { Row(2, "ticket/1", 1, 10), "version 2 of ticket/1 was expected, 1 found" },
        { Row(2, "ticket/1", 3, 10), "version 2 of ticket/1 was expected, 3 found" },
        { Row(2, "ticket/2", 2, 10), "version 1 of ticket/2 was expected, 2 found" },
        { Row(2, "ticket/1", 2, 9), "position 2 was recorded before the one in front of it" },
    };

    [Theory]
    [MemberData(nameof(Breaches), DisableDiscoveryEnumeration = true)]
    public void A_row_that_cannot_come_next_is_named_and_left(StoredRow row, string breach)
    {
        var rows = new RestoredRows();
        rows.Take(Row(1, "ticket/1", 1, 10));
        Assert.Equal(breach, rows.Take(row));
        Assert.Equal(new JournalHead(1, 10), rows.Head);
        Assert.Null(rows.Take(Row(2, "ticket/1", 2, 10)));
    }

    private static StoredRow Row(long position, string stream, long version, long recordedAt, string family = "ticket") => new()
    {
        Position = position,
        StreamId = stream,
        Version = version,
        EventId = Guid.CreateVersion7(),
        Family = family,
        Type = "happened",
        SchemaVersion = 1,
        Data = default,
        RecordedAt = recordedAt,
        Salt = default,
        ContentHash = default,
    };
}
