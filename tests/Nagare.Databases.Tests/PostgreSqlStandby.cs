using System.Diagnostics;
using Nagare.Torture;
using Npgsql;

namespace Nagare.Databases.Tests;

/// <summary>A second server that has what a PostgreSQL server has before that one acknowledges it, and can take its place.</summary>
internal sealed class PostgreSqlStandby : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly Process _server;

    private PostgreSqlStandby(DirectoryInfo folder, Process server, string connectionString) => (_folder, _server, ConnectionString) = (folder, server, connectionString);

    /// <summary>As its owner.</summary>
    public string ConnectionString { get; }

    /// <summary>Copies a server, lets the copy follow it, and makes it wait for the copy with each commit.</summary>
    public static async Task<PostgreSqlStandby> Follow(DatabaseServer primary)
    {
        var settings = new NpgsqlConnectionStringBuilder(primary.ConnectionString);
        var binaries = Path.GetDirectoryName(new FileInfo($"/proc/{primary.ProcessId}/exe").LinkTarget)!;
        var original = await Scalar<string>(primary.ConnectionString, "show data_directory");
        var folder = Directory.CreateTempSubdirectory("nagare-standby-");
        await Run(asOwnerOf: null, "chown", $"--reference={original}", folder.FullName);
        var data = Path.Combine(folder.FullName, "data");
        await Run(original, Path.Combine(binaries, "pg_basebackup"), "--pgdata", data, "--dbname", $"host={settings.Host} port={settings.Port} user={settings.Username} password={settings.Password}", "--write-recovery-conf", "--checkpoint=fast");

        settings.Port = FreePort();
        var server = Process.Start(As(original, Path.Combine(binaries, "postgres"), "-D", data, "-k", folder.FullName, "-p", $"{settings.Port}", "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200", "-c", "log_min_messages=panic"))!;
        var standby = new PostgreSqlStandby(folder, server, settings.ConnectionString);
        try
        {
            await Until(standby.ConnectionString, "select pg_is_in_recovery()");
            await Execute(primary.ConnectionString, "alter system set synchronous_standby_names = '*'");
            await Execute(primary.ConnectionString, "select pg_reload_conf()");
            await Until(primary.ConnectionString, "select exists (select from pg_stat_replication where sync_state = 'sync')");
            return standby;
        }
        catch
        {
            await standby.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes it the one that takes writes.</summary>
    public Task Promote() => Execute(ConnectionString, "select pg_promote()");

    public async ValueTask DisposeAsync()
    {
        _server.Kill(entireProcessTree: true);
        await _server.WaitForExitAsync();
        _server.Dispose();
        _folder.Delete(recursive: true);
    }

    private static Task Until(string connectionString, string question) => Eventually.Is(
        async () =>
        {
            try
            {
                return await Scalar<bool>(connectionString, question);
            }
            catch (NpgsqlException)
            {
                // It starts.
                return false;
            }
        },
        $"no in answer to: {question}");

    private static async Task Execute(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=False");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<T> Scalar<T>(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=False");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Run(string? asOwnerOf, string program, params string[] arguments)
    {
        using var process = Process.Start(As(asOwnerOf, program, arguments))!;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} ended with code {process.ExitCode}");
    }

    // Servers refuse to run as root; the folder's owner is whom eng/databases chose.
    private static ProcessStartInfo As(string? asOwnerOf, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments);
        if (asOwnerOf is not null && Environment.IsPrivilegedProcess)
        {
            start = new ProcessStartInfo("sh", ["-c", """exec setpriv --reuid="$(stat -c %u "$0")" --regid="$(stat -c %g "$0")" --clear-groups -- "$@" """, asOwnerOf, program, .. arguments]);
        }

        return start;
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
