namespace Nagare;

/// <summary>Loads and changes aggregates of one type. A stream without events is the initial state at version 0.</summary>
/// <typeparam name="TAggregate">The aggregate.</typeparam>
public interface IAggregateRepository<TAggregate>
    where TAggregate : IAggregate<TAggregate>
{
    /// <summary>The state now.</summary>
    /// <exception cref="EventModelException">The stream holds events of another family.</exception>
    /// <exception cref="UnknownEventException">A stored type is not known here and the policy is to fail.</exception>
    ValueTask<Loaded<TAggregate>> Load(StreamId stream, CancellationToken cancellationToken = default);

    /// <summary>The state as it was after this version; version 0 is the initial state.</summary>
    /// <exception cref="StreamVersionNotFoundException">The stream has not reached the version.</exception>
    ValueTask<Loaded<TAggregate>> LoadAtVersion(StreamId stream, StreamVersion version, CancellationToken cancellationToken = default);

    /// <summary>The state as it was recorded at an instant, inclusive: what was known then.</summary>
    ValueTask<Loaded<TAggregate>> LoadAsOf(StreamId stream, DateTimeOffset instant, CancellationToken cancellationToken = default);

    /// <summary>The state as it was when the journal's head was at this position.</summary>
    ValueTask<Loaded<TAggregate>> LoadAsOf(StreamId stream, Position position, CancellationToken cancellationToken = default);

    /// <summary>Loads, decides, and stores what was decided; on a conflict loads and decides again.</summary>
    /// <exception cref="WrongExpectedVersionException">Every attempt met a conflict.</exception>
    /// <exception cref="CommandNotHandledException">The aggregate has no decision for the command.</exception>
    ValueTask<CommandResult<TAggregate>> Execute(StreamId stream, ICommand<TAggregate> command, CancellationToken cancellationToken = default);

    /// <summary>Loads, decides, and stores what was decided, with options.</summary>
    /// <inheritdoc cref="Execute(StreamId, ICommand{TAggregate}, CancellationToken)"/>
    ValueTask<CommandResult<TAggregate>> Execute(StreamId stream, ICommand<TAggregate> command, ExecuteOptions options, CancellationToken cancellationToken = default);

    /// <summary>Loads, decides by a function, and stores what was decided; the function may run several times.</summary>
    /// <inheritdoc cref="Execute(StreamId, ICommand{TAggregate}, CancellationToken)"/>
    ValueTask<CommandResult<TAggregate>> Execute(StreamId stream, Func<TAggregate, Decision> decide, CancellationToken cancellationToken = default);

    /// <summary>Loads, decides by a function, and stores what was decided, with options.</summary>
    /// <inheritdoc cref="Execute(StreamId, ICommand{TAggregate}, CancellationToken)"/>
    ValueTask<CommandResult<TAggregate>> Execute(StreamId stream, Func<TAggregate, Decision> decide, ExecuteOptions options, CancellationToken cancellationToken = default);

    /// <summary>Records what happened, without a decision.</summary>
    /// <exception cref="WrongExpectedVersionException">The stream is not as expected.</exception>
    /// <exception cref="EventModelException">An event is not of the aggregate's family.</exception>
    ValueTask<AppendResult> Append(StreamId stream, ExpectedVersion expected, IReadOnlyList<object> events, CancellationToken cancellationToken = default);

    /// <summary>Records what happened, with metadata for all of it.</summary>
    /// <inheritdoc cref="Append(StreamId, ExpectedVersion, IReadOnlyList{object}, CancellationToken)"/>
    ValueTask<AppendResult> Append(StreamId stream, ExpectedVersion expected, IReadOnlyList<object> events, EventMetadata metadata, CancellationToken cancellationToken = default);

    /// <summary>Each event of the stream with its explanation and what it changed in the state, in order.</summary>
    IAsyncEnumerable<Step> Steps(StreamId stream, CancellationToken cancellationToken = default);

    /// <summary>What changed in the state between two versions.</summary>
    /// <exception cref="StreamVersionNotFoundException">The stream has not reached one of the versions.</exception>
    ValueTask<StateDiff> Diff(StreamId stream, StreamVersion from, StreamVersion to, CancellationToken cancellationToken = default);

    /// <summary>The state now, as JSON.</summary>
    /// <exception cref="EventModelException">The aggregate was written by hand and registered without a JSON type.</exception>
    ValueTask<StateDescription> Describe(StreamId stream, CancellationToken cancellationToken = default);

    /// <summary>The state at a version, as JSON.</summary>
    /// <exception cref="StreamVersionNotFoundException">The stream has not reached the version.</exception>
    /// <inheritdoc cref="Describe(StreamId, CancellationToken)"/>
    ValueTask<StateDescription> Describe(StreamId stream, StreamVersion version, CancellationToken cancellationToken = default);

    /// <summary>
    /// Every field of the state at a version with the event that set it last, in the order of the fields. A field that no event set,
    /// because it still has the value it began with, is left out.
    /// </summary>
    /// <exception cref="StreamVersionNotFoundException">The stream has not reached the version.</exception>
    ValueTask<IReadOnlyList<Blame>> Blame(StreamId stream, StreamVersion version, CancellationToken cancellationToken = default);
}

/// <summary>An aggregate as loaded.</summary>
/// <param name="State">The state.</param>
/// <param name="Version">The version of the last event folded into it; 0 for none.</param>
public readonly record struct Loaded<TAggregate>(TAggregate State, StreamVersion Version);

/// <summary>What came of a command.</summary>
/// <param name="Aggregate">The state after it; where it was refused, the state that refused it.</param>
/// <param name="Rejection">Why it was refused, or null.</param>
/// <param name="Append">What was stored, or null where nothing was.</param>
/// <param name="Attempts">How often it was decided, from 1; more than once after conflicts.</param>
public sealed record CommandResult<TAggregate>(Loaded<TAggregate> Aggregate, Rejection? Rejection, AppendResult? Append, int Attempts);

/// <summary>How a command is executed.</summary>
public sealed record ExecuteOptions
{
    /// <summary>Four attempts and no metadata of its own.</summary>
    public static ExecuteOptions Default { get; } = new();

    /// <summary>Metadata of the events stored; what is null comes from the enclosing <see cref="EventScope"/>.</summary>
    public EventMetadata Metadata { get; init; } = EventMetadata.None;

    /// <summary>How often the command is decided before a conflict is thrown, from 1.</summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>Code that runs inside the transaction of what was decided; see <see cref="AppendRequest.Participate"/>. After a conflict it runs for the new decision.</summary>
    public AppendParticipant? Participate { get; init; }
}
