using Microsoft.Data.SqlClient;

namespace Nagare.SqlServer.Tests;

/// <summary>The server under test: the one that <c>NAGARE_SQLSERVER</c> names, SQL Server itself or Babelfish. Without it, tests are skipped by name.</summary>
internal static class Server
{
    private const string Variable = "NAGARE_SQLSERVER";

    private static readonly Lazy<Task<bool>> Babelfish = new(async () => await Scalar("select cast(serverproperty('Babelfish') as int)") is 1);

    /// <summary>What a test asks of the server on its own behalf may take: dropping a database flushes everything that everybody wrote.</summary>
    private const int PatienceSeconds = 300;

    private static int _schemas;

    /// <summary>As the owner of everything.</summary>
    public static string ConnectionString
    {
        get
        {
            var text = Environment.GetEnvironmentVariable(Variable);
            Assert.SkipWhen(string.IsNullOrEmpty(text), $"SQL Server: {Variable} is not set. It takes the connection string of a login that may create schemas and logins");
            return text!;
        }
    }

    /// <summary>Whether it is Babelfish for PostgreSQL.</summary>
    public static Task<bool> IsBabelfish => Babelfish.Value;

    /// <summary>A schema that no other test and no other process uses.</summary>
    public static string NewSchemaName() => $"nagare_test_{Environment.ProcessId}_{Interlocked.Increment(ref _schemas)}";

    /// <summary>A plain connection, as any tool would open one.</summary>
    public static async Task<SqlConnection> Connect(string? connectionString = null)
    {
        var connection = new SqlConnection(new SqlConnectionStringBuilder(connectionString ?? ConnectionString) { Pooling = false, CommandTimeout = PatienceSeconds }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Whether a login works, asked by nothing but the client.</summary>
    public static async Task<bool> Accepts(string connectionString)
    {
        try
        {
            await using var connection = await Connect(connectionString);
            return true;
        }
        catch (SqlException)
        {
            return false;
        }
    }

    /// <summary>Runs one batch, as the owner on a connection that is used again: Babelfish's parser takes long over the first statement of each.</summary>
    public static async Task<object?> Scalar(string sql, string? connectionString = null)
    {
        await using var connection = connectionString is null || connectionString == ConnectionString ? await ConnectAgain() : await Connect(connectionString);
        await using var command = new SqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Drops a schema with what is in it.</summary>
    public static async Task DropSchema(string schema)
    {
        await using var connection = await ConnectAgain();
        await SqlServerPlaces.DropSchema(connection, schema);
    }

    private static async Task<SqlConnection> ConnectAgain()
    {
        var connection = new SqlConnection(new SqlConnectionStringBuilder(ConnectionString) { Pooling = true, CommandTimeout = PatienceSeconds, ApplicationName = "Nagare tests" }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Runs a script as its usual tools do: batch by batch, divided by lines that say <c>go</c>.</summary>
    public static async Task Run(string script)
    {
        await using var connection = await ConnectAgain();
        foreach (var batch in Batches(script))
        {
            await using var command = new SqlCommand(batch, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    public static IEnumerable<string> Batches(string script) =>
        script.Split("\ngo\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
