using System.Globalization;
using Microsoft.Data.SqlClient;
using Nagare.Storage;

namespace Nagare.SqlServer.Tests;

public class LeakTests : LeakPromises
{
    private const int Deadlocked = 1205;

    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalSchema());

    // Who takes what writers take gets it at once where nobody has it; and the server knows who is in a transaction.
    protected override async Task CheckNothingIsHeld(ITestPlace place)
    {
        var schema = (JournalSchema)place;
        var begun = TimeProvider.System.GetTimestamp();
        while (await IsHeadHeld(schema) || await CountTransactions(schema) > 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, "the head or a transaction is left on the server");
        }
    }

    [Fact]
    public async Task A_deadlock_is_tried_again()
    {
        await using var schema = new JournalSchema();
        await using var journal = await schema.Open();
        await journal.Append(Appends.Of("first"), default);
        await journal.Append(Appends.Of("second"), default);
        await using (var other = await Server.Connect())
        {
            // An append has the head when it waits for the position; the other one has the position and asks for the head. The server ends whichever it likes.
            await Run(other, schema, """
                begin transaction;
                insert into $s.nagare_events (position, stream_id, version, event_id, family, type, schema_version, recorded_at, content_hash, data)
                select position + 1, cast('note/other' as varbinary(255)), 1, cast(newid() as binary(16)), family, type, schema_version, recorded_at, content_hash, data
                from $s.nagare_events where position = 2
                """);
            var append = journal.Append(Appends.Of("third"), default).AsTask();
            var begun = TimeProvider.System.GetTimestamp();
            while (!await IsHeadHeld(schema))
            {
                Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, "the append does not hold the head");
            }

            try
            {
                await Run(other, schema, "update $s.nagare_head set position = position where id = 1");
            }
            catch (SqlException ended) when (ended.Number == Deadlocked)
            {
            }

            await Run(other, schema, "if @@trancount > 0 rollback");
            Assert.Equal(3, (await append.WaitAsync(Patience)).LastPosition.Value);
        }

        Assert.Equal(["first", "second", "third"], (await journal.ReadAll()).Select(Appends.Text));
        await CheckNothingIsHeld(schema);
    }

    private static async Task<bool> IsHeadHeld(JournalSchema schema)
    {
        await using var connection = await Server.Connect();
        try
        {
            await Run(connection, schema, "set lock_timeout 500; begin transaction; update $s.nagare_head set position = position where id = 1; rollback");
            return false;
        }
        catch (SqlException held) when (SqlServerErrors.Classify(held).Kind == ServerFailureKind.Busy)
        {
            return true;
        }
    }

    private static async Task<int> CountTransactions(JournalSchema schema) => Convert.ToInt32(
        await schema.Scalar($"select count(*) from sys.dm_exec_sessions where program_name = '{schema.Name}' and open_transaction_count > 0"), CultureInfo.InvariantCulture);

    private static async Task Run(SqlConnection connection, JournalSchema schema, string sql)
    {
        await using var command = new SqlCommand(schema.Named(sql), connection);
        await command.ExecuteNonQueryAsync();
    }
}
