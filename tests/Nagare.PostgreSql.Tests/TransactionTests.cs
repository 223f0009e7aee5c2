using System.Data;
using Npgsql;

namespace Nagare.PostgreSql.Tests;

public class TransactionTests : TransactionPromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalSchema());

    [Fact]
    public async Task A_session_that_the_server_ends_inside_leaves_nothing_and_the_caller_hears_its_own_error()
    {
        await using var schema = new JournalSchema();
        var table = await schema.CreateTableOfCaller();
        await using var journal = await schema.Open();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => journal.Append(
            Appends.Of("a", "b"),
            async (connection, transaction, cancellationToken) =>
            {
                await Run(connection, $"insert into {table} (id, n) values ('x', 1)");
                await Run(connection, "select pg_terminate_backend(pg_backend_pid())");
            },
            default).AsTask());
        Assert.Equal(0L, await schema.Scalar($"select count(*) from {table}"));
        Assert.Equal(1, (await journal.Append(Appends.Of("c"), default)).LastPosition.Value);
    }

    [Fact]
    public async Task What_code_sets_on_the_session_is_gone_with_it()
    {
        await using var schema = new JournalSchema();
        await using var journal = await schema.Open();
        for (var i = 1; i <= 3; i++)
        {
            await journal.Append(
                Appends.Of($"{i}"),
                async (connection, _, _) => await Run(connection, "set search_path = pg_catalog; set synchronous_commit = off; create temp table mine (x int)"),
                default);
            await journal.Append(Appends.Of("plain"), default);
        }

        Assert.Equal(6, (await journal.ReadAll()).Count);
    }

    [Fact]
    public async Task A_constraint_of_the_caller_that_waits_for_the_commit_is_the_callers_to_hear()
    {
        await using var schema = new JournalSchema();
        await using var journal = await schema.Open();
        await schema.Execute("create table once (n int, constraint once_only unique (n) deferrable initially deferred)");
        var refused = await Assert.ThrowsAsync<PostgresException>(() => journal.Append(
            Appends.Of("a"),
            async (connection, _, _) => await Run(connection, "insert into once values (1), (1)"),
            default).AsTask());
        Assert.Equal(PostgresErrorCodes.UniqueViolation, refused.SqlState);
        Assert.Equal(1, (await journal.Append(Appends.Of("b"), default)).LastPosition.Value);
    }

    [Fact]
    public async Task An_append_waits_while_the_callers_code_sleeps_in_the_server_and_the_code_loses_its_connection()
    {
        await using var schema = new JournalSchema();
        await using var journal = await schema.Open(options => options.Queue = new() { ParticipationTime = TimeSpan.FromMilliseconds(100) });
        await Assert.ThrowsAsync<ParticipationTimeoutException>(() => journal.Append(
            Appends.Of("a"),
            async (connection, _, _) => await Run(connection, "select pg_sleep(20)"),
            default).AsTask());
        Assert.Equal(1, (await journal.Append(Appends.Of("b"), default)).LastPosition.Value);
    }

    [Theory]
    [InlineData(IsolationLevel.RepeatableRead)]
    [InlineData(IsolationLevel.Serializable)]
    public async Task A_transaction_of_another_isolation_is_refused_and_goes_on(IsolationLevel isolation)
    {
        await using var schema = new JournalSchema();
        await using var journal = await schema.Open();
        await using var connection = await schema.Connect();
        await using var transaction = await connection.BeginTransactionAsync(isolation);
        var refused = await Assert.ThrowsAsync<JournalTransactionException>(() => journal.AppendIn(Appends.Of("a"), transaction, default).AsTask());
        Assert.Contains("READ COMMITTED", refused.Message, StringComparison.Ordinal);
        await Run(connection, "select 1");
    }

    [Fact]
    public async Task The_callers_settings_are_as_they_were_whatever_came_of_the_append()
    {
        await using var schema = new JournalSchema();
        await using var journal = await schema.Open();
        await using var connection = await Server.Connect();
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);
        await Run(connection, "set local search_path = pg_catalog, public; set local lock_timeout = '1234ms'");
        await journal.AppendIn(Appends.Of("a"), transaction, default);
        await Assert.ThrowsAsync<WrongExpectedVersionException>(() => journal.AppendIn(Appends.To(Appends.Stream, ExpectedVersion.NoStream, Appends.Event("b")), transaction, default).AsTask());
        await using var command = new NpgsqlCommand("select current_setting('search_path') || ' ' || current_setting('lock_timeout')", connection, transaction);
        Assert.Equal("pg_catalog, public 1234ms", await command.ExecuteScalarAsync());
    }

    private static async Task Run(System.Data.Common.DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
