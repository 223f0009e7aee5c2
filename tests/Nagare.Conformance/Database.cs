using Nagare.Testing;

namespace Nagare.Conformance;

/// <summary>A database that the suite can be run on.</summary>
/// <param name="Name">What <c>--on</c> calls it.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Variable">The variable that says where its server is; null where it needs none.</param>
/// <param name="Fixture">The database as the suite sees it.</param>
internal sealed record Database(string Name, string Title, string? Variable, Func<ConformanceSettings, IJournalFixture> Fixture)
{
    /// <summary>All of them, in the order of the table.</summary>
    public static IReadOnlyList<Database> All { get; } =
    [
        new("sqlite", "SQLite", null, settings => new Sqlite.Tests.SqliteFixture { Settings = settings }),
        new("postgres", "PostgreSQL", "NAGARE_POSTGRES", settings => new PostgreSql.Tests.PostgreSqlFixture { Settings = settings }),
        new("mariadb", "MariaDB", "NAGARE_MARIADB", settings => new MySql.Tests.MySqlFixture(MySql.Tests.Server.MariaDb) { Settings = settings }),
        new("mysql", "MySQL", "NAGARE_MYSQL", settings => new MySql.Tests.MySqlFixture(MySql.Tests.Server.MySql) { Settings = settings }),
#if SQLSERVER
        new("sqlserver", "SQL Server", "NAGARE_SQLSERVER", settings => new SqlServer.Tests.SqlServerFixture { Settings = settings }),
#endif
    ];

    /// <summary>Why the suite cannot be run on it here; null where it can.</summary>
    public string? Absence => Variable is null || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)) ? null : $"{Variable} is not set";
}
