using Nagare.Storage;

namespace Nagare.Providers.Tests;

/// <summary>What every provider gives when it is read.</summary>
public abstract class ReadPromises : ProviderPromises
{
    [Theory]
    [InlineData(ReadDirection.Forwards)]
    [InlineData(ReadDirection.Backwards)]
    public async Task Pages_of_occurred_time_meet_every_event_once_also_where_times_are_equal(ReadDirection direction)
    {
        await using var place = await NewPlace();
        await using var journal = await place.Open();
        var times = Enumerable.Range(0, 200).Select(i => (long?)(i * 7 % 13)).ToArray();
        await journal.Append(Appends.To(Appends.Stream, ExpectedVersion.Any, [.. times.Select((time, i) => Appends.Event($"{i}", occurredAt: i % 5 == 0 ? null : time))]), default);

        var all = (await journal.ReadAll()).Where(row => row.OccurredAt is not null).OrderBy(row => row.OccurredAt).ThenBy(row => row.Position).Select(row => row.Position).ToList();
        var paged = new List<long>();
        var query = new StoredQuery
        {
            Path = StoredPath.Occurred,
            AfterOccurred = -1,
            After = 0,
            UntilOccurred = long.MaxValue,
            Until = long.MaxValue,
            Direction = direction,
            Limit = 7,
        };
        while (await journal.ReadAll(query) is { Count: > 0 } page)
        {
            paged.AddRange(page.Select(row => row.Position));
            var last = page[^1];
            // Backwards the bound is inclusive, so the next page ends one position earlier.
            query = direction == ReadDirection.Forwards
                ? query with { AfterOccurred = last.OccurredAt!.Value, After = last.Position }
                : query with { UntilOccurred = last.OccurredAt!.Value, Until = last.Position - 1 };
        }

        if (direction == ReadDirection.Backwards)
        {
            paged.Reverse();
        }

        Assert.Equal(all, paged);
    }

    [Theory]
    [InlineData(ReadDirection.Forwards)]
    [InlineData(ReadDirection.Backwards)]
    public async Task What_a_cause_led_to_comes_once_and_in_order_whether_it_was_parent_or_further_cause(ReadDirection direction)
    {
        await using var place = await NewPlace();
        await using var journal = await place.Open();
        CausationId cause = "request-7", other = "request-8";
        await journal.Append(
            Appends.To(
                Appends.Stream,
                ExpectedVersion.Any,
                Appends.Event("1 parent", cause: cause),
                Appends.Event("2 neither", cause: other),
                Appends.Event("3 further", cause: other, furtherCauses: [cause]),
                Appends.Event("4 both", cause: cause, furtherCauses: [cause, other]),
                Appends.Event("5 further of a root", furtherCauses: [cause, cause])),
            default);

        var query = new StoredQuery { Path = StoredPath.Cause, KeyBytes = cause.ToBytes(), Until = long.MaxValue, Direction = direction, Limit = 2 };
        var positions = new List<long>();
        while (await journal.ReadAll(query) is { Count: > 0 } page)
        {
            positions.AddRange(page.Select(row => row.Position));
            query = direction == ReadDirection.Forwards ? query with { After = positions[^1] } : query with { Until = positions[^1] - 1 };
        }

        Assert.Equal(direction == ReadDirection.Forwards ? [1L, 3, 4, 5] : [5L, 4, 3, 1], positions);
    }

    [Fact]
    public async Task A_sink_that_has_enough_ends_the_page_and_its_last_event_counts()
    {
        await using var place = await NewPlace();
        await using var journal = await place.Open();
        await journal.Append(Appends.Of("a", "b", "c"), default);
        var sink = new RowSink(enough: 2);
        Assert.Equal(2, await journal.Read(new() { Path = StoredPath.Journal, Until = long.MaxValue, Limit = 10 }, sink, default));
        Assert.Equal(["a", "b"], sink.Rows.Select(row => row.Text()));
    }

    [Fact]
    public async Task Every_column_comes_back_as_it_was_given()
    {
        await using var place = await NewPlace();
        await using var journal = await place.Open();
        var append = new PreparedEvent
        {
            EventId = Guid.Empty,
            Type = Appends.Noted,
            Data = "{\"b\":1.00,\"a\":\"\\u0000\\ud800\"}"u8.ToArray(),
            Metadata = new byte[] { 0, 1, 255 },
            CorrelationId = "c",
            CausationId = new CausationId("ß-1").ToBytes(),
            TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            Actor = "user:Ω",
            Subject = "customer:𝄞",
            OccurredAt = -1,
            Salt = Enumerable.Range(0, 16).Select(i => (byte)i).ToArray(),
            ContentHash = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray(),
        };
        var result = await journal.Append(Appends.To(Appends.Stream, ExpectedVersion.NoStream, append), default);
        var row = Assert.Single(await journal.ReadAll(new() { Path = StoredPath.EventId, KeyBytes = result.EventId(0).ToByteArray(bigEndian: true), Limit = 1 }));
        Assert.Equal(append.Data.ToArray(), row.Data.ToArray());
        Assert.Equal(append.Metadata.ToArray(), row.Metadata.ToArray());
        Assert.Equal(append.CausationId.ToArray(), row.CausationId.ToArray());
        Assert.Equal(append.Salt.ToArray(), row.Salt.ToArray());
        Assert.Equal(append.ContentHash.ToArray(), row.ContentHash.ToArray());
        Assert.Equal(("c", append.TraceParent, "user:Ω", "customer:𝄞", -1L), (row.CorrelationId, row.TraceParent, row.Actor, row.Subject, row.OccurredAt));
        Assert.Equal((1L, "note/n-1", 1L, result.EventId(0), "note", "noted", 1), (row.Position, row.StreamId, row.Version, row.EventId, row.Family, row.Type, row.SchemaVersion));
        Assert.Equal(result.RecordedAt, UnixMicroseconds.ToInstant(row.RecordedAt));
    }

    [Fact]
    public async Task A_fold_reads_what_a_fold_takes()
    {
        await using var place = await NewPlace();
        await using var journal = await place.Open();
        await journal.Append(Appends.To(Appends.Stream, ExpectedVersion.Any, Appends.Event("a", correlation: "c", subject: "s"), Appends.Event("b", correlation: "c", subject: "s")), default);
        foreach (var (path, key) in new[] { (StoredPath.Journal, null), (StoredPath.Stream, "note/n-1"), (StoredPath.Correlation, "c"), (StoredPath.Subject, "s") })
        {
            var rows = await journal.ReadAll(new() { Path = path, Key = key, Until = long.MaxValue, Limit = 10, Detail = StoredDetail.Fold });
            Assert.Equal([("a", 1L, 1L, "noted"), ("b", 2L, 2L, "noted")], rows.Select(row => (row.Text(), row.Position, row.Version, row.Type)));
            Assert.All(rows, row => Assert.True(row.CorrelationId is null && row.ContentHash.IsEmpty));
        }
    }
}
