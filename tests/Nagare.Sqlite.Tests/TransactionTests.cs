using Microsoft.Data.Sqlite;

namespace Nagare.Sqlite.Tests;

public class TransactionTests : TransactionPromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalFile());

    /// <summary>What a process leaves that is killed is its files as they are at that moment.</summary>
    [Fact]
    public async Task A_process_killed_inside_leaves_nothing_and_after_the_answer_everything()
    {
        using var file = new JournalFile();
        await ((ITestPlace)file).CreateTable();
        await using var journal = await file.Open();
        await journal.Append(Appends.Of("before"), default);
        JournalFile? inside = null;
        await journal.Append(
            Appends.Of("a", "b"),
            async (connection, transaction, cancellationToken) =>
            {
                await using var command = connection.CreateCommand();
                command.CommandText = "insert into rows_of_mine (id, n) values ('x', 1)";
                await command.ExecuteNonQueryAsync(cancellationToken);
                inside = CrashImage(file);
            },
            default);
        using var after = CrashImage(file);
        Assert.Equal((1L, 0L), Counts(inside!));
        Assert.Equal((3L, 1L), Counts(after));
        inside!.Dispose();
    }

    [Fact]
    public async Task What_code_sets_on_the_connection_is_gone_with_it()
    {
        using var file = new JournalFile();
        await using var journal = await file.Open();
        for (var i = 1; i <= 3; i++)
        {
            await journal.Append(
                Appends.Of($"{i}"),
                async (connection, _, cancellationToken) =>
                {
                    await using var command = connection.CreateCommand();
                    command.CommandText = "create temp table mine (x); pragma cache_size = 1; pragma recursive_triggers = off";
                    await command.ExecuteNonQueryAsync(cancellationToken);
                },
                default);
            await journal.Append(Appends.Of("plain"), default);
        }

        Assert.Equal(6, (await journal.ReadAll()).Count);
    }

    [Fact]
    public async Task A_foreign_key_of_the_caller_that_waits_for_the_commit_is_the_callers_to_hear()
    {
        using var file = new JournalFile();
        await using var journal = await file.Open(options => options.ConnectionString += ";Foreign Keys=True");
        file.Execute("create table parent (id integer primary key); create table child (id integer references parent (id) deferrable initially deferred)");
        var refused = await Assert.ThrowsAsync<SqliteException>(() => journal.Append(
            Appends.Of("a"),
            async (connection, _, cancellationToken) =>
            {
                await using var command = connection.CreateCommand();
                command.CommandText = "insert into child (id) values (7)";
                await command.ExecuteNonQueryAsync(cancellationToken);
            },
            default).AsTask());
        Assert.Equal(SQLitePCL.raw.SQLITE_CONSTRAINT, refused.SqliteErrorCode);
        Assert.Equal(1, (await journal.Append(Appends.Of("b"), default)).LastPosition.Value);
    }

    [Fact]
    public async Task A_transaction_that_read_before_another_wrote_is_refused_with_what_to_do()
    {
        using var file = new JournalFile();
        await using var journal = await file.Open();
        await journal.Append(Appends.Of("a"), default);
        await using var connection = file.Connect();
        await using var transaction = connection.BeginTransaction(deferred: true);
        await using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from nagare_events";
        Assert.Equal(1L, await command.ExecuteScalarAsync());
        await journal.Append(Appends.Of("b"), default);
        var stale = await Assert.ThrowsAsync<JournalTransactionException>(() => journal.AppendIn(Appends.Of("c"), transaction, default).AsTask());
        Assert.Contains("deferred: false", stale.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_callers_own_time_out_for_locks_is_as_it_was()
    {
        using var file = new JournalFile();
        await using var journal = await file.Open();
        await using var connection = file.Connect();
        SQLitePCL.raw.sqlite3_busy_timeout(connection.Handle!, 1_234);
        await using var transaction = connection.BeginTransaction();
        await journal.AppendIn(Appends.Of("a"), transaction, default);
        await using var command = connection.CreateCommand();
        command.CommandText = "pragma busy_timeout";
        Assert.Equal(1_234L, await command.ExecuteScalarAsync());
    }

    private static JournalFile CrashImage(JournalFile file)
    {
        var image = new JournalFile();
        foreach (var suffix in new[] { "", "-wal" })
        {
            // Readers of a file that another connection has open.
            using var from = new FileStream(file.Path + suffix, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var to = File.Create(image.Path + suffix);
            from.CopyTo(to);
        }

        return image;
    }

    private static (long Events, long Rows) Counts(JournalFile file) =>
        ((long)file.Scalar("select count(*) from nagare_events")!, (long)file.Scalar("select count(*) from rows_of_mine")!);
}
