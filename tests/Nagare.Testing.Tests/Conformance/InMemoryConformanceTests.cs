namespace Nagare.Testing;

public sealed class InMemoryConformanceTests
{
    public static TheoryData<string> Scenarios { get; } = [.. JournalConformance.Scenarios.Select(scenario => scenario.ToString())];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task The_in_memory_journal_keeps_every_promise(string name)
    {
        await using var fixture = new InMemoryFixture();
        var scenario = JournalConformance.Scenarios.Single(scenario => scenario.ToString() == name);
        Assert.SkipUnless(scenario.IsEnrolledBy(fixture), $"missing: {fixture.Name} does not enrol {scenario.Needs & ~fixture.Capabilities}");
        await scenario.Run(fixture, TestContext.Current.CancellationToken);
    }
}
