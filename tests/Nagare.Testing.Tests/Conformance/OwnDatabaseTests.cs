using System.Text.RegularExpressions;

namespace Nagare.Testing;

/// <summary>What docs/own-database.md shows, as it stands there.</summary>
public sealed partial class OwnDatabaseTests
{
    private sealed class MyFixture : IJournalFixture
    {
        private readonly InMemoryFixture _inner = new(ConformanceSettings.Quick);

        public string Name => _inner.Name;

        public JournalCapabilities Capabilities => _inner.Capabilities;

        public ConformanceSettings Settings => _inner.Settings;

        public ValueTask<IJournalPlace> Create(CancellationToken cancellationToken) => _inner.Create(cancellationToken);

        public ValueTask DisposeAsync() => _inner.DisposeAsync();
    }

    // <snippet theory>
    public static TheoryData<string> Names { get; } = [.. JournalConformance.Scenarios.Select(scenario => scenario.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task My_journal_keeps_every_promise(string name)
    {
        await using var fixture = new MyFixture();
        var scenario = JournalConformance.Scenarios.Single(scenario => scenario.ToString() == name);
        Assert.SkipUnless(scenario.IsEnrolledBy(fixture), $"missing: {scenario.Needs}");
        await scenario.Run(fixture, TestContext.Current.CancellationToken);
    }
    // </snippet>

    // <snippet sabotage>
    [Fact]
    public async Task The_suite_notices_when_append_ids_are_forgotten()
    {
        await using var fixture = new MyFixture();
        var report = await JournalConformance.Run(Sabotage.ForgetAppendIds.Over(fixture), TestContext.Current.CancellationToken);
        Assert.False(report.HoldsAsFarAsTried, report.ToString());
    }
    // </snippet>

    [Fact]
    public void The_page_shows_the_code_that_runs_here()
    {
        var source = File.ReadAllText(Checkout.File("tests", "Nagare.Testing.Tests", "Conformance", "OwnDatabaseTests.cs"));
        var page = File.ReadAllText(Checkout.File("docs", "own-database.md"));
        var snippets = Snippet().Matches(source);
        Assert.Equal(2, snippets.Count);
        Assert.All(snippets, snippet => Assert.Contains(Unindent(snippet.Groups[1].Value), page, StringComparison.Ordinal));
    }

    private static string Unindent(string code) => code.Replace("\n    ", "\n", StringComparison.Ordinal).Trim();

    [GeneratedRegex(@"// <snippet \w+>\n(.*?)\n    // </snippet>", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
