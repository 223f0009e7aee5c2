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
