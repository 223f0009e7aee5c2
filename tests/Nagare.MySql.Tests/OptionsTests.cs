using Nagare.Storage;

namespace Nagare.MySql.Tests;

public class OptionsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("tenant one")]
    [InlineData("a`; drop database mysql; -- ")]
    [InlineData("a.b")]
    [InlineData("ünder")]
    [InlineData("a0123456789012345678901234567890123456789012345678901234567890123456789")]
    public void A_database_name_that_breaks_the_rules_is_refused_at_the_call(string name) =>
        Assert.ThrowsAny<ArgumentException>(() => new MySqlJournal(new() { ConnectionString = "Server=nowhere", DatabaseName = name }));

    [Theory]
    [InlineData("")]
    [InlineData("Server=nowhere;Colour=blue")]
    public void A_connection_string_that_is_none_is_refused_at_the_call(string text) =>
        Assert.ThrowsAny<ArgumentException>(() => new MySqlJournal(new() { ConnectionString = text }));

    [Theory]
    [InlineData("Server=nowhere;User ID=app;Password=secret", null, "nagare")]
    [InlineData("Server=nowhere;Database=agents;User ID=app;Password=secret", null, "agents")]
    [InlineData("Server=nowhere;Database=agents;User ID=app;Password=secret", "tenant-7", "tenant-7")]
    public void A_journals_place_names_its_database_and_no_password(string connectionString, string? name, string database) =>
        Assert.Equal($"database '{database}' at nowhere:3306", new MySqlDialect(new() { ConnectionString = connectionString, DatabaseName = name }).Place);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1_000, 1)]
    [InlineData(1_001, 2)]
    public void The_busy_timeout_is_the_sessions_lock_timeout_in_whole_seconds(int milliseconds, int seconds)
    {
        var dialect = new MySqlDialect(new() { ConnectionString = "Server=nowhere", BusyTimeout = TimeSpan.FromMilliseconds(milliseconds) });
        Assert.EndsWith($", {seconds})", dialect.Tables.BeginChange, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_is_quoted_whatever_its_name_is()
    {
        var script = new MySqlDialect(new() { ConnectionString = "Server=nowhere" }).MySqlTables.GrantScript(@"o'neil\", "10.0.0.%");
        Assert.Contains(@"to 'o''neil\\'@'10.0.0.%';", script, StringComparison.Ordinal);
    }
}
