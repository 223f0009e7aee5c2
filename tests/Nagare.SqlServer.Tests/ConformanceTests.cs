using Nagare.Testing;

namespace Nagare.SqlServer.Tests;

public class ConformanceTests
{
    public static TheoryData<string> Scenarios => [.. JournalConformance.Scenarios.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task SQL_Server_keeps_every_promise(string name)
    {
        // Whoever emulates SQL Server may take seconds to make a journal, and a scenario makes several.
        await using var fixture = new SqlServerFixture { Settings = ConformanceSettings.Default with { Patience = TimeSpan.FromMinutes(10) } };
        await JournalConformance.Scenarios.Single(scenario => scenario.Name == name).Run(fixture, TestContext.Current.CancellationToken);
    }
}
