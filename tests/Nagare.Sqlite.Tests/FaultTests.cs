using Nagare.Storage;

namespace Nagare.Sqlite.Tests;

public class FaultTests
{
    [Fact]
    public async Task A_full_disk_is_a_typed_error_stores_nothing_partial_and_is_left_behind_without_a_restart()
    {
        using var file = new JournalFile();
        var options = file.Options();
        options.MaxFileBytes = 300_000;
        await using var journal = new SqliteJournal(options);
        await journal.Open(default);
        var stored = 0;
        var big = Appends.To(new("note", "big"), ExpectedVersion.Any, [.. Enumerable.Range(0, 10).Select(_ => Appends.Event(new string('x', 10_000)))]);
        var full = await Assert.ThrowsAsync<JournalUnavailableException>(async () =>
        {
            while (true)
            {
                await journal.Append(Appends.To(new("note", "big"), ExpectedVersion.Any, [.. big.Streams[0].Events.Select(e => Appends.Event(e.Data.Length + new string('x', 10_000)))]), default);
                stored += 10;
            }
        });
        Assert.Contains("full", full.Message, StringComparison.Ordinal);
        Assert.Equal(stored, (await journal.ReadHead(default)).Position);
        Assert.Equal(stored, (await journal.ReadAll()).Count);

        options.MaxFileBytes = null;
        Assert.Equal(stored + 10, (await journal.Append(big, default)).LastPosition.Value);
    }

    [Fact]
    public async Task An_append_that_fits_is_stored_beside_one_that_fills_the_disk()
    {
        using var file = new JournalFile();
        await using var journal = await file.Open(options => options.MaxFileBytes = 400_000);
        using var held = file.Connect();
        Begin(held);

        // Both wait for the lock in one batch or in two: either way only the large one fails.
        var large = journal.Append(Appends.Of(new string('x', 1_000_000)), default).AsTask();
        var small = Enumerable.Range(0, 5).Select(i => journal.Append(Appends.Of($"{i}"), default).AsTask()).ToArray();
        Rollback(held);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => large);
        await Task.WhenAll(small);
        Assert.Equal(5, (await journal.ReadHead(default)).Position);
    }

    [Fact]
    public async Task A_read_only_journal_reads_and_refuses_to_write_typed()
    {
        using var file = new JournalFile();
        await using var writer = await file.Open();
        await writer.Append(Appends.Of("a"), default);
        await using var journal = await file.Open(options => options.ConnectionString += ";Mode=ReadOnly");
        Assert.Single(await journal.ReadAll());
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.Append(Appends.Of("b"), default).AsTask());
        Assert.Single(await writer.ReadAll());
    }

    [Fact]
    public async Task A_writer_that_waits_too_long_for_another_says_busy_and_goes_on_afterwards()
    {
        using var file = new JournalFile();
        await using var journal = await file.Open(options => options.BusyTimeout = TimeSpan.FromMilliseconds(30));
        using (var other = file.Connect())
        {
            Begin(other);
            var busy = await Assert.ThrowsAsync<JournalBusyException>(() => journal.Append(Appends.Of("a"), default).AsTask());
            Assert.Equal(TimeSpan.FromMilliseconds(30), busy.Waited);
            Rollback(other);
        }

        Assert.Equal(1, (await journal.Append(Appends.Of("a"), default)).LastPosition.Value);
    }

    [Fact]
    public async Task Two_that_write_the_same_file_see_each_other_and_stay_in_order()
    {
        using var file = new JournalFile();
        await using var one = await file.Open();
        await using var two = await file.Open();
        for (var i = 0; i < 20; i++)
        {
            var writer = i % 2 == 0 ? one : two;
            var result = await writer.Append(Appends.To(Appends.Stream, ExpectedVersion.At(i), Appends.Event($"{i}")), default);
            Assert.Equal(i + 1, result.LastPosition.Value);
            await Assert.ThrowsAsync<WrongExpectedVersionException>(() => (i % 2 == 0 ? two : one).Append(Appends.To(Appends.Stream, ExpectedVersion.At(i), Appends.Event("late")), default).AsTask());
        }

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => (i % 2 == 0 ? one : two).Append(Appends.Of($"{i}"), default).AsTask()));
        var rows = await one.ReadAll();
        Assert.Equal(Enumerable.Range(1, 220).Select(n => ((long)n, (long)n)), rows.Select(row => (row.Position, row.Version)));
    }

    [Fact]
    public async Task Closing_stores_what_is_queued()
    {
        using var file = new JournalFile();
        var journal = await file.Open();
        var appends = Enumerable.Range(0, 500).Select(i => journal.Append(Appends.Of($"{i}"), default).AsTask()).ToArray();
        await journal.DisposeAsync();
        await Task.WhenAll(appends);
        await using var reopened = await file.Open();
        Assert.Equal(500, (await reopened.ReadHead(default)).Position);
    }

    [Fact]
    public async Task Closing_while_another_holds_the_file_fails_what_is_queued_typed()
    {
        using var file = new JournalFile();
        var journal = await file.Open(options =>
        {
            options.BusyTimeout = TimeSpan.FromMilliseconds(30);
            options.Queue = new AppendQueueLimits { MaxBatchAppends = 1 };
        });
        using var other = file.Connect();
        Begin(other);
        var appends = Enumerable.Range(0, 20).Select(i => journal.Append(Appends.Of($"{i}"), default).AsTask()).ToArray();
        await journal.DisposeAsync();
        foreach (var append in appends)
        {
            Assert.True(append.IsCompleted);
            await Assert.ThrowsAnyAsync<JournalException>(() => append);
        }

        Rollback(other);
        Assert.Equal(0L, file.Scalar("select count(*) from nagare_events"));
    }

    [Fact]
    public async Task A_file_replaced_by_a_restored_backup_is_read_anew()
    {
        using var file = new JournalFile();
        await using (var journal = await file.Open())
        {
            await journal.Append(Appends.Of("a"), default);
        }

        File.Copy(file.Path, file.Path + ".backup");
        await using (var journal = await file.Open())
        {
            await journal.Append(Appends.Of("b"), default);
        }

        File.Move(file.Path + ".backup", file.Path, overwrite: true);
        await using var restored = await file.Open();
        Assert.Equal(2, (await restored.Append(Appends.To(Appends.Stream, ExpectedVersion.At(1), Appends.Event("c")), default)).Version.Value);
    }

    private static void Begin(Microsoft.Data.Sqlite.SqliteConnection connection) => Run(connection, "begin immediate");

    private static void Rollback(Microsoft.Data.Sqlite.SqliteConnection connection) => Run(connection, "rollback");

    private static void Run(Microsoft.Data.Sqlite.SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
