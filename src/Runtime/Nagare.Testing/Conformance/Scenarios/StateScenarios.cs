using Microsoft.Extensions.DependencyInjection;
using static Nagare.ExpectedVersion;

namespace Nagare.Testing;

/// <summary>D 32, 35: what was the state then, and what happens where a build does not know what was stored.</summary>
internal static class StateScenarios
{
    private const int Events = 12;

    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        ConformanceScenario.Of(ConformanceGroup.State, "D32", "State at a version: before the first event, at each, past the last", StateAtVersion),
        ConformanceScenario.Of(ConformanceGroup.State, "D32", "State at a time and at a position: before the first event, at each, between, past the last", StateAtTime),
        ConformanceScenario.Of(ConformanceGroup.State, "D35", "An unknown event type or a newer schema version is a typed error that names it, after everything before it was given", UnknownEventsFail),
        ConformanceScenario.Of(ConformanceGroup.State, "D35", "An unknown event is skipped where the policy says so, and nothing else is", UnknownEventsAreSkipped),
    ];

    private static StreamId Stream { get; } = new(Appends.Family, "state");

    private static StreamId Other { get; } = new(Appends.Family, "other");

    private static async Task StateAtVersion(JournalUnderTest journal)
    {
        const string Promised = "the state at a version is the fold of the events up to it";
        var tallies = journal.Services().GetRequiredService<IAggregateRepository<Tally>>();
        var states = (await Fill(journal, tallies).ConfigureAwait(false)).States;
        for (var version = 0; version <= Events; version++)
        {
            var loaded = await tallies.LoadAtVersion(Stream, version, journal.Cancellation).ConfigureAwait(false);
            Promise.Equal((states[version], new StreamVersion(version)), (loaded.State, loaded.Version), Promised, $"at version {version}");
        }

        var past = await Promise.Throws<StreamVersionNotFoundException>(() => tallies.LoadAtVersion(Stream, Events + 1, journal.Cancellation).AsTask(), Promised, "a version past the last").ConfigureAwait(false);
        Promise.Equal((Stream, new StreamVersion(Events + 1), new StreamVersion(Events)), (past.StreamId, past.Asked, past.Last), "the error says what was asked and what there is", "the error");
        var missing = await tallies.Load(new StreamId(Appends.Family, "missing"), journal.Cancellation).ConfigureAwait(false);
        Promise.Equal((Tally.Initial, new StreamVersion(0)), (missing.State, missing.Version), "a stream without events is the initial state", "a missing stream");
    }

    private static async Task StateAtTime(JournalUnderTest journal)
    {
        const string Promised = "the state at a moment is the fold of what was recorded by then";
        var tallies = journal.Services().GetRequiredService<IAggregateRepository<Tally>>();
        var (states, recorded) = await Fill(journal, tallies).ConfigureAwait(false);
        for (var version = 1; version <= Events; version++)
        {
            var (position, instant) = recorded[version];
            (string What, Loaded<Tally> Found, int Expected)[] moments =
            [
                ("just before", await tallies.LoadAsOf(Stream, instant - TimeSpan.FromMicroseconds(1), journal.Cancellation).ConfigureAwait(false), version - 1),
                ("at", await tallies.LoadAsOf(Stream, instant, journal.Cancellation).ConfigureAwait(false), version),
                ("just after", await tallies.LoadAsOf(Stream, instant + TimeSpan.FromMicroseconds(1), journal.Cancellation).ConfigureAwait(false), version),
                ("one position before", await tallies.LoadAsOf(Stream, position.Value - 1, journal.Cancellation).ConfigureAwait(false), version - 1),
                ("at the position of", await tallies.LoadAsOf(Stream, position, journal.Cancellation).ConfigureAwait(false), version),
                ("one position after", await tallies.LoadAsOf(Stream, position.Value + 1, journal.Cancellation).ConfigureAwait(false), version),
            ];
            foreach (var (what, found, expected) in moments)
            {
                Promise.Equal((states[expected], new StreamVersion(expected)), (found.State, found.Version), Promised, $"{what} version {version}");
            }
        }

        foreach (var loaded in new[]
        {
            await tallies.LoadAsOf(Stream, DateTimeOffset.MaxValue, journal.Cancellation).ConfigureAwait(false),
            await tallies.LoadAsOf(Stream, long.MaxValue, journal.Cancellation).ConfigureAwait(false),
            await tallies.Load(Stream, journal.Cancellation).ConfigureAwait(false),
        })
        {
            Promise.Equal((states[Events], new StreamVersion(Events)), (loaded.State, loaded.Version), Promised, "past the last event");
        }
    }

    private static async Task UnknownEventsFail(JournalUnderTest journal)
    {
        const string Promised = "an unknown event is a typed error that names it, and no crash in the middle of a page";
        foreach (var (name, schemaVersion) in new[] { ("heard", 1), ("noted", 7) })
        {
            var stream = new StreamId(Appends.Family, name);
            var position = await AppendUnknown(journal, stream, name, schemaVersion).ConfigureAwait(false);
            var services = journal.Services();
            var given = new List<Envelope>();
            var unknown = await Promise.Throws<UnknownEventException>(() => ReadAll(services, stream, given, journal.Cancellation), Promised, $"reading a stream that holds {name} v{schemaVersion}").ConfigureAwait(false);
            Promise.Equal((Appends.Family, name, schemaVersion, new Position(position)), (unknown.Family, unknown.TypeName, unknown.SchemaVersion, unknown.Position), Promised, "the error");
            Promise.Same([1L, 2L], [.. given.Select(e => e.Version.Value)], "everything before an unknown event is given", "versions");
            await Promise.Throws<UnknownEventException>(() => services.GetRequiredService<IAggregateRepository<Tally>>().Load(stream, journal.Cancellation).AsTask(), Promised, "loading the same stream").ConfigureAwait(false);

            // What was stored before it can still be loaded.
            var before = await services.GetRequiredService<IAggregateRepository<Tally>>().LoadAtVersion(stream, 2, journal.Cancellation).ConfigureAwait(false);
            Promise.Equal("a;b;", before.State.Notes, "an unknown event spoils nothing before it", "the state at version 2");
        }
    }

    private static async Task UnknownEventsAreSkipped(JournalUnderTest journal)
    {
        const string Promised = "an unknown event is left out where the policy says so, and nothing else";
        await AppendUnknown(journal, Stream, "heard", 1).ConfigureAwait(false);
        var services = journal.Services(unknownEvents: UnknownEventPolicy.Skip);
        var given = new List<Envelope>();
        await ReadAll(services, Stream, given, journal.Cancellation).ConfigureAwait(false);
        Promise.Same([1L, 2L, 4L], [.. given.Select(e => e.Version.Value)], Promised, "versions");
        var loaded = await services.GetRequiredService<IAggregateRepository<Tally>>().Load(Stream, journal.Cancellation).ConfigureAwait(false);
        Promise.Equal(("a;b;c;", new StreamVersion(4)), (loaded.State.Notes, loaded.Version), Promised, "the state");
    }

    /// <summary>Two known events, one of a type or version that this build does not know, and one more.</summary>
    private static async Task<long> AppendUnknown(JournalUnderTest journal, StreamId stream, string name, int schemaVersion)
    {
        var unknown = Appends.Note("unknown") with { Type = Appends.Noted with { Name = name, SchemaVersion = schemaVersion } };
        var result = await journal.Append(Appends.To(stream, NoStream, [Appends.Note("a"), Appends.Note("b"), unknown, Appends.Note("c")])).ConfigureAwait(false);
        return result.FirstPosition.Value + 2;
    }

    private static async Task ReadAll(IServiceProvider services, StreamId stream, List<Envelope> given, CancellationToken cancellationToken)
    {
        await foreach (var envelope in services.GetRequiredService<IJournal>().Read(JournalScope.Of(stream), cancellationToken).ConfigureAwait(false))
        {
            given.Add(envelope);
        }
    }

    /// <summary>Appends one event after the other, each a second later and with a stranger between, and folds them beside it.</summary>
    private static async Task<(IReadOnlyList<Tally> States, IReadOnlyList<(Position Position, DateTimeOffset Instant)> Recorded)> Fill(JournalUnderTest journal, IAggregateRepository<Tally> tallies)
    {
        var states = new List<Tally> { Tally.Initial };
        var recorded = new List<(Position, DateTimeOffset)> { default };
        for (var i = 1; i <= Events; i++)
        {
            ConformanceEvent e = i % 2 == 0 ? new ConformanceEvent.Counted(i) : new ConformanceEvent.Noted($"n{i}");
            await tallies.Append(Other, Any, [new ConformanceEvent.Counted(1)], journal.Cancellation).ConfigureAwait(false);
            journal.Clock.Advance(TimeSpan.FromSeconds(1));
            var result = await tallies.Append(Stream, At(i - 1), [e], journal.Cancellation).ConfigureAwait(false);
            journal.Clock.Advance(TimeSpan.FromSeconds(1));
            states.Add(Tally.Evolve(states[^1], e));
            recorded.Add((result.FirstPosition, result.RecordedAt));
        }

        return (states, recorded);
    }
}
