namespace Nagare.Testing;

/// <summary>What every journal must survive, whatever database it stands on: the suite that Nagare's own providers pass.</summary>
/// <remarks>
/// <para>
/// Give each scenario your <see cref="IJournalFixture"/>, from any test framework: one theory over <see cref="Scenarios"/> is enough.
/// Skip, by name, what <see cref="ConformanceScenario.IsEnrolledBy"/> refuses. Without a test framework, <see cref="Run(IJournalFixture, CancellationToken)"/> runs them all.
/// </para>
/// <para>A suite that stays green without the mechanism it checks counts for nothing: sabotage switches mechanisms off, one at a time.</para>
/// </remarks>
public static class JournalConformance
{
    /// <summary>All scenarios, in the order of their numbers.</summary>
    public static IReadOnlyList<ConformanceScenario> Scenarios { get; } =
    [
        .. ExpectedVersionScenarios.All,
        .. AppendIdScenarios.All,
        .. AppendScenarios.All,
        .. JournalScenarios.All.Where(scenario => scenario.Group == ConformanceGroup.Append),
        .. FeedScenarios.All,
        .. FeedLivenessScenarios.All,
        .. StateScenarios.All.Where(scenario => scenario.Number == "D32"),
        .. UpcasterScenarios.All,
        .. StateScenarios.All.Where(scenario => scenario.Number != "D32"),
        .. SnapshotScenarios.All,
        .. RestoreScenarios.All,
        .. SchemaScenarios.All,
        .. TransactionScenarios.All,
        .. TenantScenarios.All,
        .. ReadingScenarios.All,
        .. HostileScenarios.All,
        .. JournalScenarios.All.Where(scenario => scenario.Group == ConformanceGroup.Hostile),
        .. ReliabilityScenarios.All,
    ];

    /// <summary>Runs every scenario, one after the other.</summary>
    public static Task<ConformanceReport> Run(IJournalFixture fixture, CancellationToken cancellationToken = default) => Run(fixture, Scenarios, cancellationToken);

    /// <summary>Runs some scenarios, one after the other.</summary>
    public static async Task<ConformanceReport> Run(IJournalFixture fixture, IEnumerable<ConformanceScenario> scenarios, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        ArgumentNullException.ThrowIfNull(scenarios);
        var results = new List<ConformanceResult>();
        foreach (var scenario in scenarios)
        {
            results.Add(await RunOne(fixture, scenario, cancellationToken).ConfigureAwait(false));
        }

        return new ConformanceReport(fixture.Name, results);
    }

    private static async Task<ConformanceResult> RunOne(IJournalFixture fixture, ConformanceScenario scenario, CancellationToken cancellationToken)
    {
        var clock = fixture.Settings.Clock;
        var start = clock.GetTimestamp();
        try
        {
            await scenario.Run(fixture, cancellationToken).ConfigureAwait(false);
            return new ConformanceResult(scenario, ConformanceOutcome.Passed, null, clock.GetElapsedTime(start));
        }
        catch (CapabilityMissingException e)
        {
            return new ConformanceResult(scenario, ConformanceOutcome.Missing, e, clock.GetElapsedTime(start));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // The outermost edge of a runner: whatever a provider throws is this scenario's failure, and the next one is run.
            return new ConformanceResult(scenario, ConformanceOutcome.Failed, e, clock.GetElapsedTime(start));
        }
    }
}
