using System.Data;
using Microsoft.Data.SqlClient;

namespace Nagare.SqlServer.Tests;

public class TransactionTests : TransactionPromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalSchema());

    protected override async ValueTask<string?> WhyNoTransactionSurvivesARefusedLock() => await Server.IsBabelfish ? "Babelfish ends the whole transaction when a lock is not had in time" : null;

    [Theory]
    [InlineData(IsolationLevel.RepeatableRead)]
    [InlineData(IsolationLevel.Serializable)]
    public async Task A_transaction_of_another_isolation_is_refused_and_goes_on(IsolationLevel isolation)
    {
        await using var schema = new JournalSchema();
        await using var journal = await schema.Open();
        await using var connection = await Server.Connect();
        await using var transaction = await Begin(connection, isolation);
        var refused = await Assert.ThrowsAsync<JournalTransactionException>(() => journal.AppendIn(Appends.Of("a"), transaction, default).AsTask());
        Assert.Contains("READ COMMITTED", refused.Message, StringComparison.Ordinal);
        await using var command = new SqlCommand("select 1", connection, transaction);
        await command.ExecuteScalarAsync();
    }

    [Fact]
    public async Task The_callers_time_out_for_locks_is_as_it_was_whatever_came_of_the_append()
    {
        await using var schema = new JournalSchema();
        await using var journal = await schema.Open();
        await using var connection = await Server.Connect();
        await using var transaction = (SqlTransaction)await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);
        await using var set = new SqlCommand("set lock_timeout 1234", connection, transaction);
        await set.ExecuteNonQueryAsync();
        await journal.AppendIn(Appends.Of("a"), transaction, default);
        await Assert.ThrowsAsync<WrongExpectedVersionException>(() => journal.AppendIn(Appends.To(Appends.Stream, ExpectedVersion.NoStream, Appends.Event("b")), transaction, default).AsTask());
        await using var command = new SqlCommand("select @@lock_timeout", connection, transaction);
        Assert.Equal(1234, await command.ExecuteScalarAsync());
    }

    // Babelfish refuses these levels itself, before there is a transaction to refuse.
    private static async Task<SqlTransaction> Begin(SqlConnection connection, IsolationLevel isolation)
    {
        try
        {
            return (SqlTransaction)await connection.BeginTransactionAsync(isolation);
        }
        catch (SqlException refusal) when (refusal.Message.Contains("Babelfish", StringComparison.Ordinal))
        {
            Assert.Skip(refusal.Message);
            throw;
        }
    }
}
