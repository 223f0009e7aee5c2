namespace Nagare.Testing;

public sealed class SabotageTests
{
    // Transactions are for databases: their saboteurs are tried in the tests of each provider.
    public static TheoryData<string> Saboteurs { get; } = [.. Sabotage.All.Where(sabotage => sabotage.Group != ConformanceGroup.Transactions).Select(sabotage => sabotage.Name)];

    public static TheoryData<ConformanceGroup> Groups { get; } = [.. Enum.GetValues<ConformanceGroup>()];

    [Theory]
    [MemberData(nameof(Saboteurs))]
    public async Task A_mechanism_switched_off_turns_its_group_red(string name)
    {
        var sabotage = Sabotage.All.Single(sabotage => sabotage.Name == name);
        await using var fixture = new EnrollingFixture(ConformanceSettings.Quick);
        var scenarios = JournalConformance.Scenarios.Where(scenario => scenario.Group == sabotage.Group).ToList();

        var healthy = await JournalConformance.Run(fixture, scenarios, TestContext.Current.CancellationToken);
        Assert.True(healthy.HoldsAsFarAsTried, healthy.ToString());

        var sabotaged = await JournalConformance.Run(sabotage.Over(fixture), scenarios, TestContext.Current.CancellationToken);
        Assert.False(sabotaged.HoldsAsFarAsTried, sabotaged.ToString());
        TestContext.Current.TestOutputHelper?.WriteLine(sabotaged.ToString());
    }

    [Theory]
    [InlineData(nameof(Sabotage.ForgetExpectedVersion), "A1", "A3", "A7", "A8")]
    [InlineData(nameof(Sabotage.ForgetAppendIds), "A4", "R5")]
    [InlineData(nameof(Sabotage.AcknowledgeBeforeStoring), "A11")]
    [InlineData(nameof(Sabotage.StoreStreamByStream), "A8")]
    [InlineData(nameof(Sabotage.LoseOneOfManyAppends), "A2", "R1")]
    [InlineData(nameof(Sabotage.GapInFeed), "B13", "B14")]
    [InlineData(nameof(Sabotage.ReorderFeed), "B13", "B14")]
    [InlineData(nameof(Sabotage.ReadOnlyTheNewestVersion), "D32")]
    [InlineData(nameof(Sabotage.KeepNoSnapshots), "D33")]
    [InlineData(nameof(Sabotage.TrustEverySnapshot), "D33")]
    [InlineData(nameof(Sabotage.ForgetSchemaVersion), "D35")]
    [InlineData(nameof(Sabotage.ChangeBytesOnExport), "D37", "R15", "H1")]
    [InlineData(nameof(Sabotage.CreateSchemaOnTheDataPath), "D38")]
    [InlineData(nameof(Sabotage.ConfuseIds), "H2")]
    [InlineData(nameof(Sabotage.IgnoreBounds), "P1", "P3")]
    public async Task The_scenarios_that_look_at_a_mechanism_turn_red_without_it(string name, params string[] numbers)
    {
        await using var fixture = new EnrollingFixture(ConformanceSettings.Quick);
        var sabotaged = Sabotage.All.Single(sabotage => sabotage.Name == name).Over(fixture);
        var report = await JournalConformance.Run(sabotaged, JournalConformance.Scenarios.Where(scenario => numbers.Contains(scenario.Number)), TestContext.Current.CancellationToken);

        var red = report.Failed.Select(result => result.Scenario.Number).Distinct().Order(StringComparer.Ordinal);
        Assert.True(numbers.Order(StringComparer.Ordinal).SequenceEqual(red), report.ToString());
    }

    [Fact]
    public async Task A_database_that_lets_itself_be_changed_turns_append_only_red()
    {
        await using var fixture = new EnrollingFixture(ConformanceSettings.Quick) { AllowsTampering = true };
        var report = await JournalConformance.Run(fixture, JournalConformance.Scenarios.Where(scenario => scenario.Number == "A12"), TestContext.Current.CancellationToken);

        var red = Assert.Single(report.Failed);
        Assert.Contains("the database refuses to change what is stored", red.Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void Every_group_has_scenarios_and_a_saboteur(ConformanceGroup group)
    {
        Assert.Contains(JournalConformance.Scenarios, scenario => scenario.Group == group);
        Assert.Contains(Sabotage.All, sabotage => sabotage.Group == group);
    }

    [Fact]
    public async Task A_capability_that_is_not_enrolled_is_missing_and_never_passed()
    {
        await using var fixture = new InMemoryFixture(ConformanceSettings.Quick);
        var scenario = JournalConformance.Scenarios.Single(scenario => scenario.Number == "A12");

        var report = await JournalConformance.Run(fixture, [scenario], TestContext.Current.CancellationToken);
        Assert.Equal(ConformanceOutcome.Missing, Assert.Single(report.Results).Outcome);
        Assert.EndsWith("0 passed, 0 failed, 1 missing", report.ToString(), StringComparison.Ordinal);
        var missing = await Assert.ThrowsAsync<CapabilityMissingException>(() => scenario.Run(fixture, TestContext.Current.CancellationToken));
        Assert.Equal(JournalCapabilities.RefusesTampering, missing.Missing);
    }

    [Fact]
    public async Task A_broken_promise_says_what_was_promised_and_what_was_found()
    {
        await using var fixture = new InMemoryFixture(ConformanceSettings.Quick);
        var scenario = JournalConformance.Scenarios.First(scenario => scenario.Number == "A1");
        var broken = await Assert.ThrowsAsync<ConformanceException>(() => scenario.Run(Sabotage.ForgetExpectedVersion.Over(fixture), TestContext.Current.CancellationToken));

        Assert.Equal("'exists' fails of a stream with 0 events", broken.Promised);
        Assert.Equal("the append succeeded: expected False, found True", broken.Found);
    }
}
