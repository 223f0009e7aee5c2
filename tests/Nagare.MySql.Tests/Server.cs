using MySqlConnector;

namespace Nagare.MySql.Tests;

/// <summary>A server under test: the one that an environment variable names. Without it, tests are skipped by name.</summary>
public sealed class Server
{
    /// <summary>What a test asks of the server on its own behalf may take: dropping a database flushes everything that everybody wrote.</summary>
    private const int PatienceSeconds = 300;

    private static int _databases;

    private readonly string _variable;
    private readonly string _name;

    private Server(string title, string variable, string name) => (Title, _variable, _name) = (title, variable, name);

    public static Server MySql { get; } = new("MySQL", "NAGARE_MYSQL", "mysql");

    public static Server MariaDb { get; } = new("MariaDB", "NAGARE_MARIADB", "mariadb");

    public string Title { get; }

    /// <summary>The variable of the server of the other kind.</summary>
    public string OtherVariable => this == MySql ? MariaDb._variable : MySql._variable;

    /// <summary>As an account that may do everything.</summary>
    public string ConnectionString
    {
        get
        {
            var text = Environment.GetEnvironmentVariable(_variable);
            Assert.SkipWhen(string.IsNullOrEmpty(text), $"{Title}: {_variable} is not set. eng/databases up {_name} starts a server and says what to set");
            return text!;
        }
    }

    /// <summary>A database that no other test and no other process uses.</summary>
    public static string NewDatabaseName() => $"nagare_test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";

    /// <summary>A plain connection, as any tool would open one.</summary>
    public static async Task<MySqlConnection> Connect(string connectionString)
    {
        var connection = new MySqlConnection(connectionString + $";Pooling=False;Default Command Timeout={PatienceSeconds}");
        await connection.OpenAsync();
        return connection;
    }

    public static async Task<object?> Scalar(string sql, string connectionString)
    {
        await using var connection = await Connect(connectionString);
        await using var command = new MySqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public Task<object?> Scalar(string sql) => Scalar(sql, ConnectionString);

    /// <summary>The statements of a script as the servers' own clients find them: each ends with a semicolon, and none holds one.</summary>
    public static IReadOnlyList<string> Statements(string script) => script.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public override string ToString() => Title;
}
