using Npgsql;

namespace Nagare.PostgreSql.Tests;

public class LeakTests : LeakPromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalSchema());

    // Whatever touched a table holds a lock on it until its transaction ends. The server notices that a statement was cut off a moment later.
    protected override async Task CheckNothingIsHeld(ITestPlace place)
    {
        var schema = (JournalSchema)place;
        var begun = TimeProvider.System.GetTimestamp();
        while ((long)(await schema.Scalar(CountLocks(schema, isWaitedFor: false)))! is var held && held > 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, $"{held} locks are held on the server");
        }
    }

    [Fact]
    public async Task A_deadlock_is_tried_again()
    {
        await using var schema = new JournalSchema();
        await using var journal = await schema.Open();
        await journal.Append(Appends.Of("first"), default);
        await journal.Append(Appends.Of("second"), default);
        await using (var other = await schema.Connect())
        {
            // An append has the head when it waits for the table; the other one has the table and asks for the head. The server ends whichever it likes.
            await Run(other, "begin; lock table nagare_events in share mode");
            var append = journal.Append(Appends.Of("third"), default).AsTask();
            var begun = TimeProvider.System.GetTimestamp();
            while ((long)(await schema.Scalar(CountLocks(schema, isWaitedFor: true)))! == 0)
            {
                Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, "the append does not wait");
            }

            try
            {
                await Run(other, "select position from nagare_head for update");
            }
            catch (PostgresException ended) when (ended.SqlState == PostgresErrorCodes.DeadlockDetected)
            {
            }

            await Run(other, "rollback");
            Assert.Equal(3, (await append.WaitAsync(Patience)).LastPosition.Value);
        }

        Assert.Equal(["first", "second", "third"], (await journal.ReadAll()).Select(Appends.Text));
        await CheckNothingIsHeld(schema);
    }

    private static string CountLocks(JournalSchema schema, bool isWaitedFor) => $"""
        select count(*) from pg_locks l join pg_class c on c.oid = l.relation join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = '{schema.Name}' and l.pid <> pg_backend_pid(){(isWaitedFor ? " and not l.granted" : "")}
        """;

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
