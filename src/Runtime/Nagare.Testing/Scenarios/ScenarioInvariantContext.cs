namespace Nagare.Testing;

/// <summary>What a rule sees of a scenario: its one stream, after its last event. Every other stream is empty.</summary>
internal sealed class ScenarioInvariantContext(StreamId stream, IReadOnlyList<object> events, DateTimeOffset now) : IInvariantContext
{
    public Envelope Latest { get; } = new()
    {
        Position = events.Count,
        StreamId = stream,
        Version = events.Count,
        EventId = Guid.CreateVersion7(now),
        // The stored names are in a model, which a scenario does without.
        Family = stream.Category,
        TypeName = events[^1].GetType().Name,
        SchemaVersion = 1,
        Event = events[^1],
        Metadata = EventMetadata.None,
        RecordedAt = now,
    };

    public CancellationToken CancellationToken => CancellationToken.None;

    public ValueTask<TAggregate> Load<TAggregate>(StreamId stream)
        where TAggregate : IAggregate<TAggregate>
    {
        var fold = TAggregate.Fold;
        return new(stream == Latest.StreamId && events.All(fold.EventBase.IsInstanceOfType) ? events.Aggregate(fold.Initial, fold.Evolve) : fold.Initial);
    }
}

/// <summary>A scenario has no container: a rule that needs a service says so by failing.</summary>
internal sealed class NoServices : IServiceProvider
{
    public static NoServices Instance { get; } = new();

    public object? GetService(Type serviceType) => null;
}
