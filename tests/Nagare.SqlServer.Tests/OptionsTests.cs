using Microsoft.Data.SqlClient;
using Nagare.Storage;

namespace Nagare.SqlServer.Tests;

public class OptionsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Tenant")]
    [InlineData("1st")]
    [InlineData("db_owner")]
    [InlineData("sys")]
    [InlineData("guest")]
    [InlineData("a]; drop schema dbo; --")]
    public void A_schema_name_that_breaks_the_rules_is_refused_at_the_call(string name) =>
        Assert.ThrowsAny<ArgumentException>(() => new SqlServerJournal(new() { ConnectionString = "Server=nowhere", SchemaName = name }));

    [Theory]
    [InlineData("")]
    [InlineData("Server=nowhere;Colour=blue")]
    public void A_connection_string_that_is_none_is_refused_at_the_call(string text) =>
        Assert.ThrowsAny<ArgumentException>(() => new SqlServerJournal(new() { ConnectionString = text }));

    [Theory]
    [InlineData("")]
    [InlineData("Encrypt=Strict;")]
    [InlineData("Encrypt=False;")]
    [InlineData("Encrypt=True;TrustServerCertificate=True;")]
    public void Encryption_is_as_it_was_given_and_what_a_journal_does_itself_is_off(string encryption)
    {
        var given = new SqlConnectionStringBuilder($"Server=nowhere;{encryption}MultipleActiveResultSets=True;Pooling=True;Enlist=True;ConnectRetryCount=3");
        var used = new SqlConnectionStringBuilder(new SqlServerDialect(new() { ConnectionString = given.ConnectionString, CommandTimeout = TimeSpan.FromSeconds(7) }).ConnectionString);
        Assert.Equal((given.Encrypt, given.TrustServerCertificate), (used.Encrypt, used.TrustServerCertificate));
        Assert.Equal((false, false, false, 0, 7), (used.MultipleActiveResultSets, used.Pooling, used.Enlist, used.ConnectRetryCount, used.CommandTimeout));
        Assert.Equal("Nagare", used.ApplicationName);
    }

    [Fact]
    public void A_journals_place_names_no_password() =>
        Assert.Equal(
            "schema 'nagare' of database 'agents' at nowhere,1433",
            new SqlServerDialect(new() { ConnectionString = "Server=nowhere,1433;Database=agents;User ID=app;Password=secret" }).Place);

    // Batches, result sets and transactions that the statements do not name are the session's: a default of the server must not decide.
    [Fact]
    public void The_busy_timeout_is_the_sessions_lock_timeout() =>
        Assert.Contains("set lock_timeout 1500", new SqlServerStatements("nagare", TimeSpan.FromSeconds(1.5)).Session.Settings, StringComparison.Ordinal);
}
