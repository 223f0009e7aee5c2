using Nagare.Storage;

namespace Nagare.Providers.Tests;

/// <summary>What every provider keeps when it is filled from an export.</summary>
public abstract class RestorePromises : ProviderPromises
{
    [Fact]
    public async Task A_restore_keeps_every_row_and_type_and_is_recorded()
    {
        await using var first = await NewPlace();
        await using var second = await NewPlace();
        await using var source = await first.Open();
        await source.Append(Appends.To(Appends.Stream, ExpectedVersion.Any, [.. Enumerable.Range(0, 2_500).Select(i => Appends.Event($"{i}", correlation: "c", cause: "request-1"))]), default);
        await source.Append(Appends.To(new("note", "n-2"), ExpectedVersion.Any, Appends.Event("other")), default);

        await using var target = await second.Open();
        var rows = await source.ReadAll();
        var head = await target.Restore(Rows(rows), await source.ReadTypes(default), new RestoreRecord(7, "export.jsonl", 0), default);
        Assert.Equal(await source.ReadHead(default), head);
        Assert.Equal(head, await target.ReadHead(default));
        Assert.Equal(rows.Select(Facts), (await target.ReadAll()).Select(Facts));
        Assert.Equal([new RestoreRecord(7, "export.jsonl", 2_501)], await target.ReadRestores(default));
        Assert.Equal(2_502, (await target.Append(Appends.To(new("note", "n-2"), ExpectedVersion.At(1), Appends.Event("next")), default)).LastPosition.Value);
    }

    [Fact]
    public async Task A_journal_that_is_not_empty_takes_no_restore()
    {
        await using var place = await NewPlace();
        await using var journal = await place.Open();
        await journal.Append(Appends.Of("a"), default);
        var rows = await journal.ReadAll();
        await Assert.ThrowsAsync<RestoreException>(() => journal.Restore(Rows(rows), [Appends.Noted], new RestoreRecord(7, "x", 1), default).AsTask());
        Assert.Empty(await journal.ReadRestores(default));
    }

    public static TheoryData<string, Func<StoredRow, StoredRow>> Wrongs => new()
    {
        { "a hole in the positions", row => row with { Position = row.Position + 1 } },
        { "a hole in the versions", row => row with { Version = row.Version + 1 } },
        { "a time that runs backwards", row => row with { RecordedAt = -1 } },
        { "an event id twice", row => row with { EventId = FirstId } },
        { "no stream id", row => row with { StreamId = "nothing", Version = 1 } },
    };

    private static readonly Guid FirstId = Appends.NewId();

    [Theory]
    [MemberData(nameof(Wrongs), DisableDiscoveryEnumeration = true)]
    public async Task Rows_that_make_no_journal_store_nothing(string what, Func<StoredRow, StoredRow> spoil)
    {
        await using var first = await NewPlace();
        await using var second = await NewPlace();
        await using var source = await first.Open();
        await source.Append(Appends.Of(FirstId, new PreparedStream { StreamId = Appends.Stream, Expected = ExpectedVersion.Any, Events = [Appends.Event("a"), Appends.Event("b"), Appends.Event("c")] }), default);
        var rows = await source.ReadAll();
        rows[^1] = spoil(rows[^1]);

        await using var target = await second.Open();
        var refusal = await Record.ExceptionAsync(() => target.Restore(Rows(rows), [Appends.Noted], new RestoreRecord(7, what, 0), default).AsTask());
        Assert.IsType<RestoreException>(refusal);
        Assert.Empty(await target.ReadAll());
        Assert.Empty(await target.ReadTypes(default));
        Assert.Equal(1, (await target.Append(Appends.Of("fresh"), default)).LastPosition.Value);
    }

    private static (long, string, long, Guid, string, string?, long, string) Facts(StoredRow row) =>
        (row.Position, row.StreamId, row.Version, row.EventId, row.Text(), row.CorrelationId, row.RecordedAt, Convert.ToHexString(row.CausationId.Span));

    private static async IAsyncEnumerable<StoredRow> Rows(IEnumerable<StoredRow> rows)
    {
        foreach (var row in rows)
        {
            await Task.Yield();
            yield return row;
        }
    }
}
