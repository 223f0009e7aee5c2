using System.Data;
using MySqlConnector;

namespace Nagare.MySql.Tests;

public class MySqlTransactionTests : MySqlTransactionPromises
{
    private protected override Server Server => Server.MySql;
}

public class MariaDbTransactionTests : MySqlTransactionPromises
{
    private protected override Server Server => Server.MariaDb;
}

/// <summary>What both servers keep besides.</summary>
public abstract class MySqlTransactionPromises : TransactionPromises
{
    private protected abstract Server Server { get; }

    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalDatabase(Server));

    [Theory]
    [InlineData(IsolationLevel.RepeatableRead)]
    [InlineData(IsolationLevel.Serializable)]
    [InlineData(IsolationLevel.Unspecified)]
    public async Task A_transaction_of_another_isolation_is_refused_and_goes_on(IsolationLevel isolation)
    {
        await using var database = new JournalDatabase(Server);
        await using var journal = await database.Open();
        await using var connection = await database.Connect();
        await using var transaction = await connection.BeginTransactionAsync(isolation);
        var refused = await Assert.ThrowsAsync<JournalTransactionException>(() => journal.AppendIn(Appends.Of("a"), transaction, default).AsTask());
        Assert.Contains("READ COMMITTED", refused.Message, StringComparison.Ordinal);
        await using var command = new MySqlCommand("select 1", connection, transaction);
        await command.ExecuteScalarAsync();
    }

    [Fact]
    public async Task The_callers_database_and_settings_are_as_they_were_whatever_came_of_the_append()
    {
        await using var database = new JournalDatabase(Server);
        await using var journal = await database.Open();
        await using var connection = await Server.Connect(Server.ConnectionString + ";Database=information_schema");
        await using var settings = new MySqlCommand("set session sql_mode = 'ANSI_QUOTES', innodb_lock_wait_timeout = 17, sql_select_limit = 1234", connection);
        await settings.ExecuteNonQueryAsync();
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);
        await journal.AppendIn(Appends.Of("a"), transaction, default);
        await Assert.ThrowsAsync<WrongExpectedVersionException>(() => journal.AppendIn(Appends.To(Appends.Stream, ExpectedVersion.NoStream, Appends.Event("b")), transaction, default).AsTask());
        await using var command = new MySqlCommand("select concat_ws(' ', database(), @@sql_mode, @@innodb_lock_wait_timeout, @@sql_select_limit)", connection, transaction);
        Assert.Equal("information_schema ANSI_QUOTES 17 1234", await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_session_that_the_server_ends_inside_leaves_nothing_and_the_caller_hears_its_own_error()
    {
        await using var database = new JournalDatabase(Server);
        await using var journal = await database.Open();
        await Assert.ThrowsAnyAsync<MySqlException>(() => journal.Append(
            Appends.Of("a", "b"),
            async (connection, transaction, cancellationToken) =>
            {
                await database.EndSessions();
                await using var command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = "select 1";
                await command.ExecuteScalarAsync(cancellationToken);
            },
            default).AsTask());
        Assert.Equal(1, (await journal.Append(Appends.Of("c"), default)).LastPosition.Value);
    }
}
