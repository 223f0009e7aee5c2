using Nagare.Testing;

namespace Nagare.SqlServer.Tests;

/// <summary>A suite that stays green without the mechanism it checks counts for nothing.</summary>
public class SabotageTests
{
    public static TheoryData<string> Saboteurs => [.. Sabotage.All.Select(sabotage => sabotage.Name)];

    [Theory]
    [MemberData(nameof(Saboteurs))]
    public async Task Every_saboteur_turns_its_group_red_on_SQL_Server(string name)
    {
        var sabotage = Sabotage.All.Single(sabotage => sabotage.Name == name);
        await using var fixture = sabotage.Over(new SqlServerFixture { Settings = ConformanceSettings.Quick });
        foreach (var scenario in JournalConformance.Scenarios.Where(scenario => scenario.Group == sabotage.Group))
        {
            try
            {
                await scenario.Run(fixture, TestContext.Current.CancellationToken);
            }
            catch (Exception red) when (red is not (CapabilityMissingException or OperationCanceledException))
            {
                // As the suite's own report counts: what a broken journal throws is a broken promise too.
                return;
            }
        }

        Assert.Fail($"{name} turned no scenario of {sabotage.Group} red");
    }
}
