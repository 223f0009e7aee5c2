namespace Nagare.Testing;

/// <summary>Tests of an aggregate and its rules without a journal: given what happened, when this is asked, then that follows.</summary>
/// <example>
/// <code>
/// Scenario.For&lt;AgentRun&gt;()
///     .Given(Searched, Failed)
///     .When(new CallTool("again", "search", "{}"))
///     .ThenRejected("same-call");
/// </code>
/// </example>
public static class Scenario
{
    private const string DefaultId = "scenario";

    /// <summary>A scenario about one aggregate, whose stream has an id that nothing depends on.</summary>
    /// <typeparam name="TAggregate">The aggregate.</typeparam>
    public static AggregateScenario<TAggregate> For<TAggregate>()
        where TAggregate : IAggregate<TAggregate> => For<TAggregate>(DefaultId);

    /// <summary>A scenario about one aggregate whose stream has this id, in the category of its events' base record.</summary>
    /// <param name="id">The id within the category.</param>
    /// <typeparam name="TAggregate">The aggregate.</typeparam>
    public static AggregateScenario<TAggregate> For<TAggregate>(string id)
        where TAggregate : IAggregate<TAggregate> => new(new StreamId(TAggregate.Fold.EventBase.Name, id), [], null);
}

/// <summary>A scenario did not end as it says: what was expected, and what happened.</summary>
public sealed class ScenarioException(string message) : Exception(message);
