using Microsoft.Data.SqlClient;

namespace Nagare.SqlServer.Tests;

public class FaultTests : FaultPromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalSchema());

    [Fact]
    public async Task A_server_that_is_not_there_is_a_typed_error()
    {
        await using var journal = new SqlServerJournal(new() { ConnectionString = "Server=tcp:127.0.0.1,1;User ID=nobody;Password=secret;Connect Timeout=2" });
        var unavailable = await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.Open(default).AsTask());
        Assert.Contains("127.0.0.1,1", unavailable.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", unavailable.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong password")]
    [InlineData("no such database")]
    public async Task A_login_that_does_not_work_and_a_database_that_is_not_there_are_typed_errors(string what)
    {
        var settings = new SqlConnectionStringBuilder(Server.ConnectionString);
        if (what == "wrong password")
        {
            settings.Password = "not-the-password";
            Assert.SkipWhen(await Server.Accepts(settings.ConnectionString), "this server lets any password in");
        }
        else
        {
            settings.InitialCatalog = "nagare_no_such_database";
        }

        await using var journal = new SqlServerJournal(new() { ConnectionString = settings.ConnectionString });
        var unavailable = await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.Open(default).AsTask());
        Assert.Contains("SQL Server code", unavailable.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(settings.Password, unavailable.ToString(), StringComparison.Ordinal);
    }
}
