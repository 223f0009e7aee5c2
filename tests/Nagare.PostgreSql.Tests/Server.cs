using Npgsql;

namespace Nagare.PostgreSql.Tests;

/// <summary>The server under test: the one that <c>NAGARE_POSTGRES</c> names. Without it, tests are skipped by name.</summary>
internal static class Server
{
    private const string Variable = "NAGARE_POSTGRES";

    /// <summary>What a test asks of the server on its own behalf may take: dropping a database flushes everything that everybody wrote.</summary>
    private const int PatienceSeconds = 300;

    private static int _schemas;

    /// <summary>As the owner of everything.</summary>
    public static string ConnectionString
    {
        get
        {
            var text = Environment.GetEnvironmentVariable(Variable);
            Assert.SkipWhen(string.IsNullOrEmpty(text), $"PostgreSQL: {Variable} is not set. eng/databases up postgres starts a server and says what to set");
            return text!;
        }
    }

    /// <summary>A schema that no other test and no other process uses.</summary>
    public static string NewSchemaName() => $"nagare_test_{Environment.ProcessId}_{Interlocked.Increment(ref _schemas)}";

    /// <summary>A plain connection, as any tool would open one.</summary>
    public static async Task<NpgsqlConnection> Connect(string? connectionString = null)
    {
        var connection = new NpgsqlConnection((connectionString ?? ConnectionString) + $";Pooling=False;Command Timeout={PatienceSeconds}");
        await connection.OpenAsync();
        return connection;
    }

    public static async Task<object?> Scalar(string sql, string? connectionString = null)
    {
        await using var connection = await Connect(connectionString);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
