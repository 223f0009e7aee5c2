using MySqlConnector;

namespace Nagare.MySql.Tests;

public abstract class LeakTests(Server server, string countWaiting) : LeakPromises
{
    // MariaDB answers from a copy that it makes anew only where nobody asked for a tenth of a second: who asks without a pause sees the old one for ever.
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMilliseconds(200);

    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalDatabase(server));

    // Who waits for a row that nobody holds gets it at once.
    protected override async Task CheckNothingIsHeld(ITestPlace place)
    {
        await using var connection = await ((JournalDatabase)place).Connect();
        await Run(connection, "set session innodb_lock_wait_timeout = 1; start transaction; select * from nagare_head for update; select count(*) from nagare_events where position > 0 for update; rollback");
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

            await Run(other, "select id from nagare_head for update");
            await Run(other, "rollback");
            Assert.Equal(2, (await append.WaitAsync(Patience)).LastPosition.Value);
        }

        Assert.Equal(["first", "second"], (await journal.ReadAll()).Select(Appends.Text));
        await CheckNothingIsHeld(database);
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
