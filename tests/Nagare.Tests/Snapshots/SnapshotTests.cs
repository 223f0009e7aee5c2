using CsCheck;
using Nagare.Storage;
using Nagare.Testing;
using Nagare.Tests.Upcasters;

namespace Nagare.Tests.Snapshots;

public class SnapshotTests
{
    private static readonly Gen<LedgerEvent> Events = Gen.OneOf<LedgerEvent>(
        Gen.Select(Gen.OneOf(Gen.Const("cash"), Gen.Const("bank"), Gen.Const("Ä流")), Gen.Decimal[-1000m, 1000m], Gen.DateTimeOffset.Nullable()).Select((account, amount, at) => (LedgerEvent)new LedgerEvent.Booked(account, amount, at)),
        Gen.Select(Gen.OneOf(Gen.Const(""), Gen.Const("x"), Gen.Const("\u202Ey")), Gen.Enum<Weight>()).Select((tag, weight) => (LedgerEvent)new LedgerEvent.Tagged(tag, weight)),
        Gen.Const((LedgerEvent)new LedgerEvent.Closed()));

    /// <summary>R14: replay is a function, wherever it begins.</summary>
    [Fact]
    public async Task The_state_from_a_snapshot_and_its_tail_is_the_state_from_the_first_event() => await Gen.Select(Events.List[8, 40], Gen.Int[0, 40]).SampleAsync(
        async (events, tail) =>
        {
            var memory = new InMemoryJournal();
            var head = events.Count - Math.Min(tail, events.Count - 8);
            await using (var first = new LedgerDesk(memory))
            {
                await first.Journal.Append(LedgerDesk.Stream, ExpectedVersion.NoStream, [.. events.Take(head)]);
                await first.Of<Ledger>().Load(LedgerDesk.Stream);
                await first.Of<HiddenLedger>().Load(LedgerDesk.Stream);
                await first.NextSnapshot();
                await first.NextSnapshot();
                if (head < events.Count)
                {
                    await first.Journal.Append(LedgerDesk.Stream, ExpectedVersion.At(head), [.. events.Skip(head)]);
                }
            }

            await using var desk = new LedgerDesk(memory);
            var ledger = await desk.Of<Ledger>().Load(LedgerDesk.Stream);
            var hidden = await desk.Of<HiddenLedger>().Load(LedgerDesk.Stream);
            var expected = events.Aggregate(Ledger.Initial, Ledger.Evolve);
            var expectedHidden = events.Aggregate(HiddenLedger.Initial, HiddenLedger.Evolve);
            return LedgerDesk.Text(ledger.State) == LedgerDesk.Text(expected)
                && hidden.State.Everything == expectedHidden.Everything
                && (ledger.Version.Value, hidden.Version.Value) == (events.Count, events.Count)
                && desk.UsedSnapshots.Count == 2 && desk.UsedSnapshots.TrueForAll(used => used.Version == head);
        },
        iter: 200,
        threads: 1);

    [Fact]
    public async Task Execute_writes_a_snapshot_when_its_append_goes_far_enough_and_begins_at_it()
    {
        await using var desk = new LedgerDesk(new InMemoryJournal());
        for (var i = 1; i <= 7; i++)
        {
            await desk.Of<Ledger>().Execute(LedgerDesk.Stream, _ => Decision.From((object)new LedgerEvent.Booked("cash", 1m, null)));
        }

        await desk.NextSnapshot();
        Assert.Empty(desk.UsedSnapshots);
        var result = await desk.Of<Ledger>().Execute(LedgerDesk.Stream, ledger => Decision.From((object)new LedgerEvent.Booked("cash", ledger.Balances["cash"], null)));
        Assert.Equal(14m, result.Aggregate.State.Balances["cash"]);
        Assert.Equal([("Nagare.Tests.Snapshots.Ledger", 7L)], desk.UsedSnapshots);
    }

    [Fact]
    public async Task A_state_that_changes_in_place_is_kept_as_it_was_and_given_anew_each_time()
    {
        await using var desk = new LedgerDesk(new InMemoryJournal());
        await desk.Journal.Append(LedgerDesk.Stream, ExpectedVersion.NoStream, [.. Enumerable.Repeat(new LedgerEvent.Booked("cash", 1m, null), 5)]);
        var first = (await desk.Of<HiddenLedger>().Load(LedgerDesk.Stream)).State;
        first.Tags.Add("changed by the caller");
        await desk.NextSnapshot();
        var second = (await desk.Of<HiddenLedger>().Load(LedgerDesk.Stream)).State;
        second.Tags.Add("again");
        var third = (await desk.Of<HiddenLedger>().Load(LedgerDesk.Stream)).State;
        Assert.Empty(third.Tags);
        Assert.Equal(2, desk.UsedSnapshots.Count);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task A_fold_of_another_version_passes_snapshots_over(int version, bool isUsed)
    {
        var memory = new InMemoryJournal();
        await Fill(memory);
        await using var desk = new LedgerDesk(memory, nagare =>
        {
            nagare.AddModel<CourierModel>();
            nagare.AddSnapshots(HiddenLedger.NagareSnapshots with { Version = version });
        });
        Assert.Equal(6m, (await desk.Of<HiddenLedger>().Load(LedgerDesk.Stream)).State.Sum);
        Assert.Equal(isUsed ? 1 : 0, desk.UsedSnapshots.Count);
        Assert.Equal(isUsed ? [] : [("Nagare.Tests.Snapshots.HiddenLedger", SnapshotFault.OtherSchema)], desk.IgnoredSnapshots);
    }

    [Fact]
    public async Task An_event_that_changes_its_shape_and_an_upcaster_that_comes_pass_snapshots_over()
    {
        var family = Family();
        var memory = new InMemoryJournal();
        await Fill(memory);
        foreach (var changed in (EventFamily[])
        [
            family with { Events = [.. family.Events.Select(e => e is EventType<LedgerEvent.Closed> closed ? new EventType<LedgerEvent.Closed>(closed.Family, closed.Name, closed.SchemaVersion, "reason string optional", closed.Converter) : e)] },
            family with { Past = [PastEventType.ToOne("booked", 0, ((EventType<LedgerEvent.Closed>)family.Events.Single(e => e is EventType<LedgerEvent.Closed>)).Converter, old => old)] },
            family with { FormerNames = ["book"] },
        ])
        {
            await using var desk = new LedgerDesk(memory, nagare => ChangedModel.Use(nagare, changed));
            Assert.Equal(6m, (await desk.Of<HiddenLedger>().Load(LedgerDesk.Stream)).State.Sum);
            Assert.Empty(desk.UsedSnapshots);
            await desk.NextSnapshot();
            await Fill(memory, appends: false);
        }

        await using var same = new LedgerDesk(memory, nagare => ChangedModel.Use(nagare, family));
        await same.Of<HiddenLedger>().Load(LedgerDesk.Stream);
        Assert.Single(same.UsedSnapshots);
    }

    [Fact]
    public async Task Another_policy_about_unknown_events_passes_snapshots_over()
    {
        var memory = new InMemoryJournal();
        await Fill(memory);
        await using var desk = new LedgerDesk(memory, nagare => nagare.AddModel<CourierModel>().OnUnknownEvent(UnknownEventPolicy.Skip));
        await desk.Of<HiddenLedger>().Load(LedgerDesk.Stream);
        Assert.Empty(desk.UsedSnapshots);
    }

    [Fact]
    public async Task A_storage_that_fails_with_snapshots_fails_no_load_and_no_append()
    {
        await using var desk = new LedgerDesk(new InMemoryJournal(), wrap: inner => new FailingSnapshots(inner));
        for (var i = 1; i <= 12; i++)
        {
            var result = await desk.Of<HiddenLedger>().Execute(LedgerDesk.Stream, _ => Decision.From((object)new LedgerEvent.Booked("cash", 1m, null)));
            Assert.Equal(i, result.Aggregate.State.Sum);
        }

        await desk.NextSnapshot();
        Assert.NotEmpty(desk.Failures);
        Assert.All(desk.Failures, failure => Assert.IsType<JournalUnavailableException>(failure));
    }

    [Fact]
    public async Task Snapshots_that_wait_are_written_when_the_host_ends()
    {
        var memory = new InMemoryJournal();
        await using (var desk = new LedgerDesk(memory))
        {
            await desk.Journal.Append(LedgerDesk.Stream, ExpectedVersion.NoStream, [.. Enumerable.Repeat(new LedgerEvent.Booked("cash", 1m, null), 6)]);
            await desk.Of<HiddenLedger>().Load(LedgerDesk.Stream);
        }

        await using var later = new LedgerDesk(memory);
        await later.Of<HiddenLedger>().Load(LedgerDesk.Stream);
        Assert.Single(later.UsedSnapshots);
    }

    private static async Task Fill(InMemoryJournal memory, bool appends = true)
    {
        await using var desk = new LedgerDesk(memory);
        if (appends)
        {
            await desk.Journal.Append(LedgerDesk.Stream, ExpectedVersion.NoStream, [.. Enumerable.Repeat(new LedgerEvent.Booked("cash", 1m, null), 6)]);
        }

        await desk.Of<HiddenLedger>().Load(LedgerDesk.Stream);
        await desk.NextSnapshot();
    }

    private static EventFamily Family()
    {
        var model = new EventModelBuilder();
        model.Include<CourierModel>();
        return model.Build().FindFamily(typeof(LedgerEvent))!;
    }

    private sealed class ChangedModel : IEventModel
    {
        private static readonly AsyncLocal<EventFamily> Changed = new();

        public static void Use(NagareBuilder nagare, EventFamily family)
        {
            Changed.Value = family;
            nagare.AddModel<ChangedModel>().AddSnapshots(HiddenLedger.NagareSnapshots);
        }

        static void IEventModel.Register(EventModelBuilder model) => model.AddFamily(Changed.Value!);
    }

    private sealed class FailingSnapshots(IJournalStorage inner) : IJournalStorage
    {
        public ValueTask Open(CancellationToken cancellationToken) => inner.Open(cancellationToken);

        public ValueTask<AppendResult> Append(PreparedAppend append, CancellationToken cancellationToken) => inner.Append(append, cancellationToken);

        public ValueTask<int> Read(StoredQuery query, IStoredEventSink sink, CancellationToken cancellationToken) => inner.Read(query, sink, cancellationToken);

        public ValueTask<JournalHead> ReadHead(CancellationToken cancellationToken) => inner.ReadHead(cancellationToken);

        public ValueTask<IReadOnlyList<StoredEventType>> ReadTypes(CancellationToken cancellationToken) => inner.ReadTypes(cancellationToken);

        public ValueTask<JournalHead> Restore(IAsyncEnumerable<StoredRow> rows, IReadOnlyList<StoredEventType> types, RestoreRecord record, CancellationToken cancellationToken) => inner.Restore(rows, types, record, cancellationToken);

        public ValueTask<IReadOnlyList<RestoreRecord>> ReadRestores(CancellationToken cancellationToken) => inner.ReadRestores(cancellationToken);

        public ValueTask<FoundSnapshot?> ReadSnapshot(string stream, string aggregate, CancellationToken cancellationToken) => throw new JournalUnavailableException("No snapshots today.");

        public ValueTask WriteSnapshot(StoredSnapshot snapshot, CancellationToken cancellationToken) => throw new JournalUnavailableException("No snapshots today.");

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
