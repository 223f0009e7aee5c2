using Nagare.Testing;

namespace Nagare.MySql.Tests;

public abstract class ConformanceTests(Server server)
{
    public static TheoryData<string> Scenarios => [.. JournalConformance.Scenarios.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task The_server_keeps_every_promise(string name)
    {
        await using var fixture = new MySqlFixture(server);
        await JournalConformance.Scenarios.Single(scenario => scenario.Name == name).Run(fixture, TestContext.Current.CancellationToken);
    }
}

public class MySqlConformanceTests() : ConformanceTests(Server.MySql);

public class MariaDbConformanceTests() : ConformanceTests(Server.MariaDb);
