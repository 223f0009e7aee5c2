using CsCheck;
using Nagare.Storage;

namespace Nagare.Tests;

public class AppendPlannerTests
{
    private static readonly StoredEventType Type = new("ticket", "commented", 1, "", null);

    /// <summary>Batches of appends over four streams: any expectation, none to three events a stream, some ids used again, clocks that jump.</summary>
    private static readonly Gen<Spec[]> Batches = Gen.Select(
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 5], Gen.Int[0, 3]).Array[0, 3],
        Gen.Int[0, 9],
        Gen.Int[-50, 50],
        (streams, id, now) => new Spec([.. streams.DistinctBy(s => s.Item1).Select(s => new StreamSpec(s.Item1, s.Item2, s.Item3))], id, now)).Array[0, 30];

    [Fact]
    public void Positions_and_versions_are_dense_and_losers_burn_nothing() => Sample(run =>
    {
        Assert.Equal(Enumerable.Range(1, run.Rows.Count).Select(i => (long)i), run.Rows.Select(row => row.Position));
        foreach (var stream in run.Rows.GroupBy(row => row.StreamId))
        {
            Assert.Equal(Enumerable.Range(1, stream.Count()).Select(i => (long)i), stream.Select(row => row.Version));
        }

        Assert.Equal(run.Rows.Count, run.Head.Position);
        Assert.Equal(run.Rows.Count, run.Outcomes.Where(o => o.Result is { WasStoredBefore: false }).Sum(o => o.Result!.EventCount));
    });

    [Fact]
    public void An_append_is_stored_as_a_whole_or_not_at_all() => Sample(run =>
    {
        var stored = run.Rows.Select(row => row.EventId).ToHashSet();
        foreach (var outcome in run.Outcomes)
        {
            var ids = outcome.Append.Streams.SelectMany(s => s.Events).Select(e => e.EventId).ToList();
            Assert.True(outcome.Result is null == outcome.Error is not null);

            // A given id that failed may come again and be stored then.
            Assert.True(outcome.Result is null ? outcome.Append.IsIdGiven || !ids.Any(stored.Contains) : ids.All(stored.Contains));
        }
    });

    [Fact]
    public void A_result_says_where_its_events_stand() => Sample(run =>
    {
        foreach (var result in run.Outcomes.Where(o => o.Result is { EventCount: > 0 }).Select(o => o.Result!))
        {
            var rows = run.Rows.Where(row => row.Position >= result.FirstPosition.Value && row.Position <= result.LastPosition.Value).ToList();
            Assert.Equal(Enumerable.Range(0, result.EventCount).Select(result.EventId), rows.Select(row => row.EventId));
            Assert.All(rows, row => Assert.Equal(result.RecordedAt, UnixMicroseconds.ToInstant(row.RecordedAt)));
            Assert.All(rows.GroupBy(row => row.StreamId), stream => Assert.Equal(stream.Last().Version, result.Streams.Single(s => s.StreamId.ToString() == stream.Key).Version.Value));
        }
    });

    [Fact]
    public void Every_winner_met_what_it_expected_and_every_loser_did_not() => Sample(run =>
    {
        var versions = new Dictionary<StreamId, long>();
        foreach (var outcome in run.Outcomes.Where(o => o.Result is not { WasStoredBefore: true } && o.Error is not AppendIdReusedException))
        {
            var met = outcome.Append.Streams.All(s => s.Expected.IsMetBy(versions.GetValueOrDefault(s.StreamId)));
            Assert.Equal(met, outcome.Error is null);
            if (outcome.Error is null)
            {
                outcome.Append.Streams.ToList().ForEach(s => versions[s.StreamId] = versions.GetValueOrDefault(s.StreamId) + s.Events.Count);
            }
            else
            {
                var conflict = Assert.IsType<WrongExpectedVersionException>(outcome.Error);
                Assert.Equal(versions.GetValueOrDefault(conflict.StreamId), conflict.Actual.Value);
            }
        }
    });

    [Fact]
    public void A_repeat_gets_the_first_answer_wherever_the_batches_are_cut() => Sample(run =>
    {
        foreach (var repeat in run.Outcomes.Where(o => o.Result is { WasStoredBefore: true }))
        {
            var first = run.Outcomes.First(o => o.Append.AppendId == repeat.Append.AppendId && o.Result is { WasStoredBefore: false, EventCount: > 0 }).Result!;
            Assert.Equal((first.FirstPosition, first.LastPosition, first.EventCount, first.RecordedAt), (repeat.Result!.FirstPosition, repeat.Result.LastPosition, repeat.Result.EventCount, repeat.Result.RecordedAt));
            Assert.Equal(repeat.Append.Streams.Select(s => s.StreamId), repeat.Result.Streams.Select(s => s.StreamId));
        }
    });

    [Fact]
    public void Recorded_times_never_run_backwards() => Sample(run =>
        Assert.Equal(run.Rows.Select(row => row.RecordedAt).Order(), run.Rows.Select(row => row.RecordedAt)));

    [Fact]
    public void Where_the_batches_are_cut_makes_no_difference() => Batches.Sample(specs =>
    {
        var appends = specs.Select(Prepare).ToList();
        var (whole, single) = (Plan(appends, appends.Count + 1), Plan(appends, 1));
        Assert.Equal(whole.Rows.Select(row => (row.Position, row.StreamId, row.Version, row.EventId, row.RecordedAt)), single.Rows.Select(row => (row.Position, row.StreamId, row.Version, row.EventId, row.RecordedAt)));
        Assert.Equal(whole.Outcomes.Select(o => o.Error?.GetType()), single.Outcomes.Select(o => o.Error?.GetType()));
    });

    [Fact]
    public void Ids_that_overlap_with_an_append_of_the_same_batch_fail_alone()
    {
        var id = Guid.CreateVersion7();
        var first = Prepare(id, 0, [new(0, 0, 3)]);
        var overlapping = Prepare(EventIds.At(id, 2), 0, [new(1, 0, 1)]);
        var beside = Prepare(EventIds.At(id, 3), 0, [new(1, 0, 1)]);
        var run = Plan([first, overlapping, beside], 3);
        Assert.Equal([null, typeof(AppendIdReusedException), null], run.Outcomes.Select(o => o.Error?.GetType()));
        Assert.Equal(4, run.Rows.Count);
    }

    // One id further on, the same events to the same stream: alike, and yet not the append that was stored.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Ids_that_reach_into_an_append_of_like_events_are_refused(int batchSize)
    {
        var id = Guid.CreateVersion7();
        var run = Plan([Prepare(id, 0, [new(0, 0, 2)]), Prepare(EventIds.At(id, 1), 0, [new(0, 0, 2)])], batchSize);
        Assert.Equal([null, typeof(AppendIdReusedException)], run.Outcomes.Select(o => o.Error?.GetType()));
        Assert.Equal(2, run.Rows.Count);
    }

    [Fact]
    public void A_stream_of_another_family_refuses_the_append()
    {
        var append = Prepare(Guid.CreateVersion7(), 0, [new(0, 0, 1)]);
        var plan = AppendPlanner.Plan(new JournalHead(5, 9), [append], _ => new StreamHead(5, "invoice"), _ => []);
        Assert.IsType<EventModelException>(plan.Outcomes[0].Error);
        Assert.Equal((0, new JournalHead(5, 9)), (plan.Events.Count, plan.Head));
    }

    private static void Sample(Action<Run> check) =>
        Gen.Select(Batches, Gen.Int[1, 8]).Sample((specs, batchSize) => check(Plan([.. specs.Select(Prepare)], batchSize)));

    // What a provider does: read heads, plan, store, batch after batch.
    private static Run Plan(List<PreparedAppend> appends, int batchSize)
    {
        var rows = new List<StoredRow>();
        var outcomes = new List<AppendOutcome>();
        var head = default(JournalHead);
        foreach (var batch in appends.Chunk(batchSize))
        {
            var plan = AppendPlanner.Plan(head, batch, StreamHead, StoredBefore);
            outcomes.AddRange(plan.Outcomes);
            rows.AddRange(plan.Events.Select(e => e.ToRow()));
            head = plan.Head;
        }

        return new Run(outcomes, rows, head);

        StreamHead StreamHead(string stream) => rows.LastOrDefault(row => row.StreamId == stream) is { } last ? new(last.Version, last.Family) : default;

        List<StoredRow> StoredBefore(PreparedAppend append)
        {
            Assert.True(append.IsIdGiven && append.EventCount > 0);
            var first = EventIds.Number(append.AppendId);
            var under = rows.Where(row => EventIds.Number(row.EventId) - first < (UInt128)append.EventCount).ToList();
            if (under is [.., var last])
            {
                under.AddRange(rows.Where(row => row.Position > last.Position).TakeWhile((row, i) => row.EventId == EventIds.At(last.EventId, i + 1)));
            }

            return under;
        }
    }

    // Ids 0 to 2 are given and come again, with the same events or others; the rest are made by the journal.
    private static PreparedAppend Prepare(Spec spec)
    {
        Guid[] given = [new("0198a000-0000-7000-8000-000000000000"), new("0198a000-0000-7000-8000-000000001000"), new("0198a000-0000-7000-8000-000000002000")];
        return Prepare(spec.Id < given.Length ? given[spec.Id] : null, spec.Now, spec.Streams);
    }

    private static PreparedAppend Prepare(Guid? given, int now, StreamSpec[] streams)
    {
        var id = given ?? AppendIds.New(DateTimeOffset.UnixEpoch);
        var place = 0;
        return new PreparedAppend
        {
            AppendId = id,
            IsIdGiven = given is not null,
            Now = now,
            EventCount = streams.Sum(s => s.Events),
            Bytes = 0,
            Streams = [.. streams.Select(s => new PreparedStream
            {
                StreamId = new StreamId("ticket", $"{s.Stream}"),
                Expected = s.Expected switch { 0 or 1 => ExpectedVersion.Any, 2 => ExpectedVersion.NoStream, 3 => ExpectedVersion.Exists, var n => ExpectedVersion.At(n - 3) },
                Events = [.. Enumerable.Range(0, s.Events).Select(_ => new PreparedEvent
                {
                    EventId = EventIds.At(id, place++),
                    Type = Type,
                    Data = "{}"u8.ToArray(),
                    Salt = new byte[16],
                    ContentHash = new byte[32],
                })],
            })],
        };
    }

    private sealed record Spec(StreamSpec[] Streams, int Id, int Now);

    private sealed record StreamSpec(int Stream, int Expected, int Events);

    private sealed record Run(IReadOnlyList<AppendOutcome> Outcomes, IReadOnlyList<StoredRow> Rows, JournalHead Head);
}
