using Npgsql;

namespace Nagare.Tool.Tests;

/// <summary>A schema of the server that <c>NAGARE_POSTGRES</c> names, gone with the test, and a door to it beside the tool.</summary>
internal sealed class PostgreSqlPlace : IAsyncDisposable
{
    private const string Variable = "NAGARE_POSTGRES";

    private static int _places;

    private bool _hasRole;

    public PostgreSqlPlace()
    {
        var text = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(text), $"PostgreSQL: {Variable} is not set. eng/databases up postgres starts a server and says what to set");
        ConnectionString = text!;
    }

    public string ConnectionString { get; }

    public string Schema { get; } = $"nagare_tool_{Environment.ProcessId}_{Interlocked.Increment(ref _places)}";

    /// <summary>A role that owns nothing, once <see cref="CreateRole"/> has made it.</summary>
    public string Role => Schema + "_app";

    /// <summary>What <c>--db</c> takes.</summary>
    public string Option => $"postgres:{ConnectionString};Schema={Schema}";

    /// <summary>The same for the role.</summary>
    public string RoleOption => $"postgres:{new NpgsqlConnectionStringBuilder(ConnectionString) { Username = Role, Password = "app" }.ConnectionString};Schema={Schema}";

    public async Task CreateRole()
    {
        _hasRole = true;
        await Execute($"create role {Role} login password 'app'");
    }

    /// <summary>Runs statements as the owner; the schema is in the search path.</summary>
    public async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection($"{ConnectionString};Pooling=False;Search Path={Schema}");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync() =>
        await Execute($"set client_min_messages = warning; drop schema if exists {Schema} cascade" + (_hasRole ? $"; drop owned by {Role}; drop role {Role}" : ""));
}
