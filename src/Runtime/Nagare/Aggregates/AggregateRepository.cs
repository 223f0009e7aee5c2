using Microsoft.Extensions.Logging;
using Nagare.Storage;

namespace Nagare;

/// <summary>Loads by folding, changes by deciding and appending at the version that was decided on.</summary>
internal sealed class AggregateRepository<TAggregate>(
    Journal journal,
    AggregateReader<TAggregate> reader,
    StateHistory<TAggregate> history,
    ILogger logger) : IAggregateRepository<TAggregate>
    where TAggregate : IAggregate<TAggregate>
{
    /// <summary>The metadata entry that carries the name of the command an event came from.</summary>
    private const string CommandEntry = "command";

    public ValueTask<Loaded<TAggregate>> Load(StreamId stream, CancellationToken cancellationToken = default) =>
        reader.Load(stream, FoldBound.None, cancellationToken);

    public ValueTask<Loaded<TAggregate>> LoadAtVersion(StreamId stream, StreamVersion version, CancellationToken cancellationToken = default) =>
        reader.LoadAtVersion(stream, version, cancellationToken);

    public ValueTask<Loaded<TAggregate>> LoadAsOf(StreamId stream, DateTimeOffset instant, CancellationToken cancellationToken = default) =>
        reader.Load(stream, FoldBound.None with { RecordedAt = UnixMicroseconds.FromInstant(instant) }, cancellationToken);

    public ValueTask<Loaded<TAggregate>> LoadAsOf(StreamId stream, Position position, CancellationToken cancellationToken = default) =>
        reader.Load(stream, FoldBound.None with { Position = position.Value }, cancellationToken);

    public ValueTask<CommandResult<TAggregate>> Execute(StreamId stream, ICommand<TAggregate> command, CancellationToken cancellationToken = default) =>
        Execute(stream, command, ExecuteOptions.Default, cancellationToken);

    public ValueTask<CommandResult<TAggregate>> Execute(StreamId stream, ICommand<TAggregate> command, ExecuteOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(options);
        if (journal.Reader.Model.CommandName(command.GetType()) is { } name)
        {
            options = options with { Metadata = options.Metadata with { Entries = options.Metadata.Entries.SetItem(CommandEntry, name) } };
        }

        return Decide(stream, (state, at) => TAggregate.Fold.Decide(state, command, at), options, cancellationToken);
    }

    public ValueTask<CommandResult<TAggregate>> Execute(StreamId stream, Func<TAggregate, Decision> decide, CancellationToken cancellationToken = default) =>
        Execute(stream, decide, ExecuteOptions.Default, cancellationToken);

    public ValueTask<CommandResult<TAggregate>> Execute(StreamId stream, Func<TAggregate, Decision> decide, ExecuteOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(decide);
        ArgumentNullException.ThrowIfNull(options);
        return Decide(stream, (state, _) => decide(state), options, cancellationToken);
    }

    public ValueTask<AppendResult> Append(StreamId stream, ExpectedVersion expected, IReadOnlyList<object> events, CancellationToken cancellationToken = default) =>
        Append(stream, expected, events, EventMetadata.None, cancellationToken);

    public ValueTask<AppendResult> Append(StreamId stream, ExpectedVersion expected, IReadOnlyList<object> events, EventMetadata metadata, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        CheckFamily(events);
        return journal.Append(stream, expected, events, metadata, cancellationToken);
    }

    public IAsyncEnumerable<Step> Steps(StreamId stream, CancellationToken cancellationToken = default) =>
        history.Steps(stream, cancellationToken);

    public ValueTask<StateDiff> Diff(StreamId stream, StreamVersion from, StreamVersion to, CancellationToken cancellationToken = default) =>
        history.Diff(stream, from, to, cancellationToken);

    public ValueTask<IReadOnlyList<Blame>> Blame(StreamId stream, StreamVersion version, CancellationToken cancellationToken = default) =>
        history.Blame(stream, version, cancellationToken);

    public ValueTask<StateDescription> Describe(StreamId stream, CancellationToken cancellationToken = default) =>
        history.Describe(stream, cancellationToken);

    public ValueTask<StateDescription> Describe(StreamId stream, StreamVersion version, CancellationToken cancellationToken = default) =>
        history.Describe(stream, version, cancellationToken);

    private async ValueTask<CommandResult<TAggregate>> Decide(StreamId stream, Func<TAggregate, DecisionContext, Decision> decide, ExecuteOptions options, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxAttempts, 1, nameof(options));
        for (var attempt = 1; ; attempt++)
        {
            var (loaded, snapshot) = await reader.LoadFrom(stream, FoldBound.None, cancellationToken).ConfigureAwait(false);
            var decision = decide(loaded.State, new DecisionContext(stream, loaded.Version, journal.Clock.GetUtcNow()));
            if (decision.Rejection is not null || decision.Events.IsEmpty)
            {
                return new CommandResult<TAggregate>(loaded, decision.Rejection, null, attempt);
            }

            try
            {
                var stored = await Store(stream, loaded.Version, decision, options, cancellationToken).ConfigureAwait(false);
                var after = await After(stream, loaded, decision, stored, cancellationToken).ConfigureAwait(false);
                reader.Offer(stream, after, stored.LastPosition.Value, UnixMicroseconds.FromInstant(stored.RecordedAt), snapshot);
                return new CommandResult<TAggregate>(after, null, stored, attempt);
            }
            catch (WrongExpectedVersionException conflict) when (attempt < options.MaxAttempts)
            {
                Log.CommandConflict(logger, stream, conflict.Expected, conflict.Actual, attempt, options.MaxAttempts);
            }
        }
    }

    private ValueTask<AppendResult> Store(StreamId stream, StreamVersion version, Decision decision, ExecuteOptions options, CancellationToken cancellationToken)
    {
        if (options.Participate is null)
        {
            return Append(stream, ExpectedVersion.At(version), decision.Events, options.Metadata, cancellationToken);
        }

        CheckFamily(decision.Events);
        var request = new AppendRequest
        {
            Streams = [new StreamAppend(stream, ExpectedVersion.At(version), [.. decision.Events.Select(e => new NewEvent(e))])],
            Metadata = options.Metadata,
            Participate = options.Participate,
        };
        return journal.Append(request, cancellationToken);
    }

    // The state is what the stored events make it: where a redactor may have changed them, they are read back.
    private ValueTask<Loaded<TAggregate>> After(StreamId stream, Loaded<TAggregate> before, Decision decision, AppendResult stored, CancellationToken cancellationToken)
    {
        if (journal.Redacts)
        {
            return LoadAtVersion(stream, stored.Version, cancellationToken);
        }

        var state = before.State;
        foreach (var e in decision.Events)
        {
            state = TAggregate.Fold.Evolve(state, e);
        }

        return new(new Loaded<TAggregate>(state, stored.Version));
    }

    private void CheckFamily(IReadOnlyList<object> events)
    {
        foreach (var e in events)
        {
            if (e is not null && !TAggregate.Fold.EventBase.IsInstanceOfType(e))
            {
                throw new EventModelException($"{e.GetType()} is no event of the family '{reader.Family.Name}' that {typeof(TAggregate)} folds.");
            }
        }
    }
}
