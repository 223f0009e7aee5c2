using Microsoft.Extensions.DependencyInjection;
using Nagare.Storage;
using static Nagare.ExpectedVersion;

namespace Nagare.Testing;

/// <summary>D 33: snapshots shorten a load and change nothing, whatever stands in them.</summary>
internal static class SnapshotScenarios
{
    private const int Events = 2 * ConformanceModel.SnapshotEvery;
    private const string Same = "with a snapshot, good or bad, a load gives the fold of the stream";

    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        Of("A load begins at the newest snapshot, and gives the same state", LoadBeginsAtSnapshot),
        Of("A state at a version, time or position begins at a snapshot that is not later", PastStates),
        Of("A snapshot that is damaged, of another schema, of another history or later than the stream is passed over", BadSnapshots),
        Of("A snapshot outlives its storage", Restarted, JournalCapabilities.Restart),
    ];

    private static StreamId Stream { get; } = new(Appends.Family, "snapped");

    private static ConformanceScenario Of(string name, Func<JournalUnderTest, Task> body, JournalCapabilities needs = JournalCapabilities.None) =>
        ConformanceScenario.Of(ConformanceGroup.State, "D33", name, body, JournalCapabilities.Snapshots | needs);

    private static async Task LoadBeginsAtSnapshot(JournalUnderTest journal)
    {
        var ledger = new SnapshotLedger();
        var tallies = Tallies(journal, ledger);
        var expected = await Fill(journal, tallies, Events).ConfigureAwait(false);
        await Expect(journal, tallies, ledger, expected, used: null).ConfigureAwait(false);
        await Written(journal, ledger, Events).ConfigureAwait(false);
        await Expect(journal, tallies, ledger, expected, used: Events).ConfigureAwait(false);

        // What came after the snapshot is folded onto it, and with enough of it there is a new one.
        expected = expected.Concat(await Fill(journal, tallies, ConformanceModel.SnapshotEvery - 1, expected).ConfigureAwait(false)).ToList();
        await Expect(journal, tallies, ledger, expected, used: Events).ConfigureAwait(false);
        var result = await tallies.Execute(Stream, _ => Decision.From((object)new ConformanceEvent.Noted("executed")), journal.Cancellation).ConfigureAwait(false);
        expected.Add(result.Aggregate.State);
        ledger.Take();
        await Written(journal, ledger, Events + ConformanceModel.SnapshotEvery).ConfigureAwait(false);
        await Expect(journal, tallies, ledger, expected, used: Events + ConformanceModel.SnapshotEvery).ConfigureAwait(false);
    }

    private static async Task PastStates(JournalUnderTest journal)
    {
        var ledger = new SnapshotLedger();
        var tallies = Tallies(journal, ledger);
        var states = await Fill(journal, tallies, Events).ConfigureAwait(false);
        await tallies.Load(Stream, journal.Cancellation).ConfigureAwait(false);
        await Written(journal, ledger, Events).ConfigureAwait(false);
        states = states.Concat(await Fill(journal, tallies, 3, states).ConfigureAwait(false)).ToList();
        var events = await journal.Storage.All(journal.Cancellation).ConfigureAwait(false);
        for (var version = 1; version < states.Count; version++)
        {
            ledger.Take();
            var row = events[version - 1];
            var atVersion = await tallies.LoadAtVersion(Stream, version, journal.Cancellation).ConfigureAwait(false);
            var atPosition = await tallies.LoadAsOf(Stream, (Position)row.Position, journal.Cancellation).ConfigureAwait(false);
            var atTime = await tallies.LoadAsOf(Stream, UnixMicroseconds.ToInstant(row.RecordedAt), journal.Cancellation).ConfigureAwait(false);
            foreach (var loaded in new[] { atVersion, atPosition, atTime })
            {
                Promise.Equal((states[version], new StreamVersion(version)), (loaded.State, loaded.Version), Same, $"at version {version}");
            }

            var fault = version < Events ? SnapshotFault.BeyondTheMoment : default(SnapshotFault?);
            Promise.Same(Enumerable.Repeat((new StreamVersion(Events), fault), 3).ToList(), ledger.Take(), "a snapshot is used where it is not later than the moment", $"snapshots met at version {version}");
        }

        await Promise.Throws<StreamVersionNotFoundException>(() => tallies.LoadAtVersion(Stream, states.Count, journal.Cancellation).AsTask(), Same, "a version past the last").ConfigureAwait(false);
    }

    private static async Task BadSnapshots(JournalUnderTest journal)
    {
        var ledger = new SnapshotLedger();
        var tallies = Tallies(journal, ledger);
        var states = await Fill(journal, tallies, Events).ConfigureAwait(false);
        await tallies.Load(Stream, journal.Cancellation).ConfigureAwait(false);
        var aggregate = await Written(journal, ledger, Events).ConfigureAwait(false);
        states = states.Concat(await Fill(journal, tallies, 2, states).ConfigureAwait(false)).ToList();
        var good = (await journal.Storage.ReadSnapshot(Stream.ToString(), aggregate, journal.Cancellation).ConfigureAwait(false))?.Snapshot
            ?? throw new ConformanceException("a snapshot that was written can be read", "there is none");
        var lie = System.Text.Encoding.UTF8.GetBytes("""{"notes":"forged","sum":-1}""");
        (string What, StoredSnapshot Snapshot, SnapshotFault Fault)[] bad =
        [
            ("whose state was changed", good with { Data = lie }, SnapshotFault.Damaged),
            ("whose checksum is gone", good with { Data = lie, Checksum = default }, SnapshotFault.Damaged),
            ("whose version was changed", good with { Version = good.Version - 1 }, SnapshotFault.Damaged),
            ("of version 0", Sealed(good with { Version = 0, Data = lie }), SnapshotFault.Damaged),
            ("whose state is no JSON", Sealed(good with { Data = lie.AsMemory(0, 9) }), SnapshotFault.Damaged),
            ("with more behind its state", Sealed(good with { Data = (byte[])[.. good.Data.Span, .. lie] }), SnapshotFault.Damaged),
            ("without a state", Sealed(good with { Data = default }), SnapshotFault.Damaged),
            ("made with another schema", Sealed(good with { Data = lie, SchemaHash = new byte[32] }), SnapshotFault.OtherSchema),
            ("of another history of the stream", Sealed(good with { Data = lie, EventId = Guid.CreateVersion7() }), SnapshotFault.OtherHistory),
            ("later than the stream", Sealed(good with { Data = lie, Version = Events + 7, EventId = Guid.CreateVersion7() }), SnapshotFault.OtherHistory),
            ("of an earlier version, with the event of a later one", Sealed(good with { Data = lie, Version = good.Version - 1 }), SnapshotFault.OtherHistory),
            ("of another stream", Sealed(good with { Data = lie, StreamId = "conformance/other" }) with { StreamId = good.StreamId }, SnapshotFault.Damaged),
        ];
        foreach (var (what, snapshot, fault) in bad)
        {
            await journal.Storage.WriteSnapshot(snapshot, journal.Cancellation).ConfigureAwait(false);
            ledger.Take();
            var loaded = await tallies.LoadAtVersion(Stream, states.Count - 1, journal.Cancellation).ConfigureAwait(false);
            Promise.Equal(states[^1], loaded.State, Same, $"a snapshot {what}");
            Promise.Same([(new StreamVersion(snapshot.Version), (SnapshotFault?)fault)], ledger.Take(), "a bad snapshot is passed over, and observers hear why", $"a snapshot {what}");
        }

        await journal.Storage.WriteSnapshot(good, journal.Cancellation).ConfigureAwait(false);
        await Expect(journal, tallies, ledger, states, used: Events).ConfigureAwait(false);
    }

    private static async Task Restarted(JournalUnderTest journal)
    {
        var ledger = new SnapshotLedger();
        var tallies = Tallies(journal, ledger);
        var states = await Fill(journal, tallies, Events).ConfigureAwait(false);
        await tallies.Load(Stream, journal.Cancellation).ConfigureAwait(false);
        await Written(journal, ledger, Events).ConfigureAwait(false);
        await journal.Restart().ConfigureAwait(false);
        ledger.Take();
        await Expect(journal, Tallies(journal, ledger), ledger, states, used: Events).ConfigureAwait(false);
    }

    private static StoredSnapshot Sealed(StoredSnapshot snapshot) => snapshot with { Checksum = snapshot.ComputeChecksum() };

    private static IAggregateRepository<Tally> Tallies(JournalUnderTest journal, SnapshotLedger ledger) =>
        journal.Services(observer: ledger).GetRequiredService<IAggregateRepository<Tally>>();

    private static async Task Expect(JournalUnderTest journal, IAggregateRepository<Tally> tallies, SnapshotLedger ledger, IReadOnlyList<Tally> states, int? used)
    {
        ledger.Take();
        var loaded = await tallies.Load(Stream, journal.Cancellation).ConfigureAwait(false);
        Promise.Equal((states[^1], new StreamVersion(states.Count - 1)), (loaded.State, loaded.Version), Same, "the state");
        IReadOnlyList<(StreamVersion, SnapshotFault?)> expected = used is { } version ? [(new StreamVersion(version), default(SnapshotFault?))] : [];
        Promise.Same(expected, ledger.Take(), "a load begins at a good snapshot", "snapshots met");
    }

    private static async Task<string> Written(JournalUnderTest journal, SnapshotLedger ledger, int version)
    {
        var (aggregate, written) = await ledger.NextWritten(journal.Cancellation).ConfigureAwait(false);
        Promise.Equal(new StreamVersion(version), written, "a snapshot is written where enough events lie behind it", "the version of the snapshot written");
        return aggregate;
    }

    /// <summary>Appends events one by one, each a second later, and folds them beside the journal. Without states before, the initial one comes first.</summary>
    private static async Task<List<Tally>> Fill(JournalUnderTest journal, IAggregateRepository<Tally> tallies, int count, IReadOnlyList<Tally>? before = null)
    {
        var state = before is null ? Tally.Initial : before[^1];
        var states = before is null ? new List<Tally> { state } : [];
        for (var i = 0; i < count; i++)
        {
            ConformanceEvent e = i % 2 == 0 ? new ConformanceEvent.Counted(i + 1) : new ConformanceEvent.Noted($"n{i}");
            journal.Clock.Advance(TimeSpan.FromSeconds(1));
            await tallies.Append(Stream, Any, [e], journal.Cancellation).ConfigureAwait(false);
            states.Add(state = Tally.Evolve(state, e));
        }

        return states;
    }
}
