using MySqlConnector;
using Nagare.Storage;

namespace Nagare.MySql.Tests;

/// <summary>After whatever happened, the server is asked what is left: sessions, transactions, locks.</summary>
public abstract class LeakTests(Server server, string countWaiting)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // MariaDB answers from a copy that it makes anew only where nobody asked for a tenth of a second: who asks without a pause sees the old one for ever.
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task Cancelled_anywhere_appends_and_reads_leave_no_transaction_no_lock_and_no_session_too_many()
    {
        await using var database = new JournalDatabase(server);
        await using var journal = await database.Open(options => options.MaxReadConnections = 4);
        await journal.Append(Appends.Of("first"), default);
        var stored = 1;
        await Parallel.ForEachAsync(Enumerable.Range(0, 400), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            using var cancellation = new CancellationTokenSource();
            Task call = i % 2 == 0
                ? journal.Append(Appends.Of($"{i}"), cancellation.Token).AsTask()
                : journal.Read(new StoredQuery { Path = StoredPath.Journal, Until = long.MaxValue, Limit = int.MaxValue }, new RowSink(), cancellation.Token).AsTask();
            for (var turn = 0; turn < i % 37; turn++)
            {
                await Task.Yield();
            }

            await cancellation.CancelAsync();
            try
            {
                await call.WaitAsync(Patience, CancellationToken.None);
                if (i % 2 == 0)
                {
                    Interlocked.Increment(ref stored);
                }
            }
            catch (OperationCanceledException)
            {
            }
            catch (AppendOutcomeUnknownException)
            {
                // It was taken already, and its caller did not wait for the answer.
            }
        });

        // Those that nobody waited for are stored with this one or before it.
        await journal.Append(Appends.Of("last"), default);
        var rows = await journal.ReadAll();
        Assert.True(rows.Count > stored, $"{rows.Count} rows where {stored} were acknowledged before the last");
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(n => (long)n), rows.Select(row => row.Position));
        await CheckNothingIsHeld(database, maxSessions: 5);
    }

    // As the server counts them: a deadlock ends whoever did less, so the other has done much.
    [Fact]
    public async Task A_deadlock_is_tried_again()
    {
        await using var database = new JournalDatabase(server);
        await using var journal = await database.Open();
        await journal.Append(Appends.Of("first"), default);
        await database.Execute("create table ballast (id bigint auto_increment primary key, text varchar(100))");
        await using (var other = await database.Connect())
        {
            await Run(other, "set session transaction isolation level repeatable read; start transaction");
            await Run(other, "insert into ballast (text) select 'x' from information_schema.columns limit 1000");
            // Past the last event, where the append will insert.
            await Run(other, "select position from nagare_events for update");
            var append = journal.Append(Appends.Of("second"), default).AsTask();
            var begun = TimeProvider.System.GetTimestamp();
            while (await database.Number(countWaiting) == 0)
            {
                Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, "the append does not wait");
                await Task.Delay(BetweenQuestions);
            }

            await Run(other, "select position from nagare_head for update");
            await Run(other, "rollback");
            Assert.Equal(2, (await append.WaitAsync(Patience)).LastPosition.Value);
        }

        Assert.Equal(["first", "second"], (await journal.ReadAll()).Select(Appends.Text));
        await CheckNothingIsHeld(database, maxSessions: 2);
    }

    [Fact]
    public async Task A_writer_that_gave_up_waiting_holds_nothing()
    {
        await using var database = new JournalDatabase(server);
        await using var journal = await database.Open(options => options.BusyTimeout = TimeSpan.FromSeconds(1));
        await journal.Append(Appends.Of("first"), default);
        await using (await database.HoldHead())
        {
            await Assert.ThrowsAsync<JournalBusyException>(() => journal.Append(Appends.Of("second"), default).AsTask());
        }

        await CheckNothingIsHeld(database, maxSessions: 1);
    }

    // Who waits for a row that nobody holds gets it at once.
    private static async Task CheckNothingIsHeld(JournalDatabase database, int maxSessions)
    {
        await using (var connection = await database.Connect())
        {
            await Run(connection, "set session innodb_lock_wait_timeout = 1; start transaction; select * from nagare_head for update; select count(*) from nagare_events where position > 0 for update; rollback");
        }

        var begun = TimeProvider.System.GetTimestamp();
        while (await database.CountSessions() > maxSessions)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, $"{await database.CountSessions()} sessions are left on the server");
        }
    }

    private static async Task Run(MySqlConnection connection, string sql)
    {
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

// The table that MariaDB has for it shows what a session runs too, and MySQL's fails on payloads, which are no text.
public class MySqlLeakTests() : LeakTests(Server.MySql, """
    select count(*) from performance_schema.data_lock_waits w join performance_schema.threads t on t.thread_id = w.requesting_thread_id where t.processlist_db = database()
    """);

public class MariaDbLeakTests() : LeakTests(Server.MariaDb, """
    select count(*) from information_schema.innodb_trx where trx_state = 'LOCK WAIT' and trx_mysql_thread_id in (select id from information_schema.processlist where db = database())
    """);
