namespace Nagare.PostgreSql.Tests;

public class FaultTests : FaultPromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalSchema());

    [Fact]
    public async Task A_server_that_is_not_there_is_a_typed_error()
    {
        await using var journal = new PostgreSqlJournal(new() { ConnectionString = "Host=127.0.0.1;Port=1;Username=nobody;Password=secret;Timeout=2" });
        var unavailable = await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.Open(default).AsTask());
        Assert.Contains("127.0.0.1:1", unavailable.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", unavailable.ToString(), StringComparison.Ordinal);
    }
}
