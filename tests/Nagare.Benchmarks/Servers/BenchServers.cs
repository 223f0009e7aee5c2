using Nagare.Benchmarks.Servers.MySql;
using Nagare.Benchmarks.Servers.PostgreSql;
using Nagare.Benchmarks.Servers.SqlServer;

namespace Nagare.Benchmarks.Servers;

/// <summary>Every server there is something to measure on; a group of the command line each.</summary>
internal static class BenchServers
{
    public static IReadOnlyList<BenchServer> All { get; } =
    [
        new PostgreSqlBench(),
        new MySqlBench("mariadb", "MariaDB", "NAGARE_MARIADB"),
        new MySqlBench("mysql", "MySQL", "NAGARE_MYSQL"),
        new SqlServerBench(),
    ];
}
