using Nagare.Storage;

namespace Nagare.Sqlite.Tests;

public class ReadTests : ReadPromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalFile());

    [Fact]
    public async Task A_fold_allocates_nothing_for_names_it_has_met()
    {
        using var file = new JournalFile();
        await using var journal = await file.Open();
        await journal.Append(Appends.Of([.. Enumerable.Range(0, 2_000).Select(i => $"{i}")]), default);
        await using var session = new SqliteReadSession(file.Options());
        var query = new StoredQuery { Path = StoredPath.Stream, Key = "note/n-1", Until = long.MaxValue, Limit = 2_000, Detail = StoredDetail.Fold };
        var sink = new CountingSink();
        await session.Read(query, sink, default);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = session.Read(query, sink, default);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(2_000, await read);
        Assert.InRange(allocated, 0, 2_000);
    }

    [Fact]
    public async Task No_read_transaction_stays_open_between_pages()
    {
        using var file = new JournalFile();
        await using var journal = await file.Open();
        await journal.Append(Appends.Of("a", "b", "c"), default);
        await journal.Read(new() { Path = StoredPath.Journal, Until = long.MaxValue, Limit = 1 }, new RowSink(), default);
        await journal.Append(Appends.Of("d"), default);

        // A checkpoint that truncates needs every reader gone.
        Assert.Equal(0L, file.Scalar("pragma wal_checkpoint(truncate)"));
    }

    private sealed class CountingSink : IStoredEventSink
    {
        public bool Accept(in StoredEvent e) => true;
    }
}
