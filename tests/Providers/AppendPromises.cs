using Nagare.Storage;

namespace Nagare.Providers.Tests;

/// <summary>What every provider keeps when it appends, beyond what the conformance suite asks.</summary>
public abstract class AppendPromises : ProviderPromises
{
    [Fact]
    public async Task Positions_are_dense_and_versions_exact_with_many_writers_on_one_stream()
    {
        await using var place = await NewPlace();
        await using var journal = await place.Open();
        var winners = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 32), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (writer, _) =>
        {
            for (var i = 0; i < 25; i++)
            {
                try
                {
                    await journal.Append(Appends.To(Appends.Stream, ExpectedVersion.At(i), Appends.Event($"{writer}")), default);
                    Interlocked.Increment(ref winners);
                }
                catch (WrongExpectedVersionException conflict)
                {
                    Assert.True(conflict.Actual.Value > i);
                }
            }
        });

        var rows = await journal.ReadAll();
        Assert.Equal(winners, rows.Count);
        Assert.Equal(25, winners);
        Assert.Equal(Enumerable.Range(1, 25).Select(n => ((long)n, (long)n)), rows.Select(row => (row.Position, row.Version)));
        Assert.Equal(new JournalHead(25, rows[^1].RecordedAt), await journal.ReadHead(default));
    }

    [Fact]
    public async Task The_same_append_id_gives_the_first_answer_also_after_a_restart()
    {
        await using var place = await NewPlace();
        var id = Appends.NewId();
        var append = Appends.Of(id, Stream("a", "1", "2"), Stream("b", "3"));
        AppendResult first;
        await using (var journal = await place.Open())
        {
            first = await journal.Append(append, default);
            var again = await journal.Append(append, default);
            Assert.True(again.WasStoredBefore);
        }

        await using (var journal = await place.Open())
        {
            var again = await journal.Append(append, default);
            Assert.True(again.WasStoredBefore);
            Assert.Equal((first.FirstPosition, first.LastPosition, first.RecordedAt), (again.FirstPosition, again.LastPosition, again.RecordedAt));
            Assert.Equal(first.Streams, again.Streams);
            Assert.Equal(3, (await journal.ReadAll()).Count);
        }
    }

    public static TheoryData<string[]> OtherContents => new([["1"], ["1", "2", "3"], ["1", "x"]]);

    [Theory]
    [MemberData(nameof(OtherContents))]
    public async Task An_append_id_with_fewer_more_or_other_events_is_refused(string[] texts)
    {
        await using var place = await NewPlace();
        await using var journal = await place.Open();
        var id = Appends.NewId();
        await journal.Append(Appends.Of(id, Stream("a", "1", "2")), default);
        await Assert.ThrowsAsync<AppendIdReusedException>(() => journal.Append(Appends.Of(id, Stream("a", texts)), default).AsTask());
        Assert.Equal(2, (await journal.ReadAll()).Count);
    }

    [Fact]
    public async Task An_append_id_whose_events_run_into_another_appends_ids_is_refused_and_harms_no_neighbour()
    {
        await using var place = await NewPlace();
        await using var journal = await place.Open();
        var id = Appends.NewId();
        await journal.Append(Appends.Of(EventIds.At(id, 1), Stream("a", "1")), default);

        var overlapping = journal.Append(Appends.Of(id, Stream("b", "x", "y")), default).AsTask();
        var neighbours = Enumerable.Range(0, 20).Select(i => journal.Append(Appends.Of($"{i}"), default).AsTask()).ToArray();
        await Assert.ThrowsAsync<AppendIdReusedException>(() => overlapping);
        await Task.WhenAll(neighbours);
        Assert.Equal(21, (await journal.ReadHead(default)).Position);
    }

    [Fact]
    public async Task An_append_of_nothing_checks_its_expectation_and_changes_nothing()
    {
        await using var place = await NewPlace();
        await using var journal = await place.Open();
        await journal.Append(Appends.Of("a"), default);
        var result = await journal.Append(Appends.To(Appends.Stream, ExpectedVersion.At(1)), default);
        Assert.Equal((0, 1L), (result.EventCount, result.LastPosition.Value));
        await Assert.ThrowsAsync<WrongExpectedVersionException>(() => journal.Append(Appends.To(Appends.Stream, ExpectedVersion.NoStream), default).AsTask());
        Assert.Equal(1, (await journal.ReadHead(default)).Position);
    }

    [Fact]
    public async Task What_describes_an_event_type_is_kept_when_it_is_first_met()
    {
        await using var place = await NewPlace();
        await using var journal = await place.Open();
        var bare = new StoredEventType("note", "erased", 2, "", null);
        await journal.Append(Appends.To(Appends.Stream, ExpectedVersion.Any, Appends.Event("a"), Appends.Event("b", bare), Appends.Event("c")), default);
        var types = await journal.ReadTypes(default);
        Assert.Equal(["erased", "noted"], types.Select(type => type.Name));
        Assert.Equal(bare, types[0]);
        Assert.Equal((Appends.Noted.Schema, "Noted", "{Text}", "kind=note"), (types[1].Schema, types[1].Template!.Title, types[1].Template!.Summary, types[1].Template!.Tags.Single()));
    }

    [Fact]
    public async Task A_type_whose_first_append_failed_is_kept_with_the_next()
    {
        await using var place = await NewPlace();
        await using var journal = await place.Open();
        var id = Appends.NewId();
        await journal.Append(Appends.Of(EventIds.At(id, 1), Stream("a", "1")), default);
        var late = new StoredEventType("note", "late", 1, "", null);
        var failing = Appends.Of(id, new PreparedStream { StreamId = new("note", "b"), Expected = ExpectedVersion.Any, Events = [Appends.Event("x", late), Appends.Event("y", late)] });
        await Assert.ThrowsAsync<AppendIdReusedException>(() => journal.Append(failing, default).AsTask());
        await journal.Append(Appends.To(Appends.Stream, ExpectedVersion.Any, Appends.Event("z", late)), default);
        Assert.Contains(late, await journal.ReadTypes(default));
    }

    [Fact]
    public async Task Appends_change_no_schema()
    {
        await using var place = await NewPlace();
        await using var journal = await place.Open();
        var before = await place.CountSchemaChanges();
        for (var i = 0; i < 50; i++)
        {
            await journal.Append(Appends.To(new StreamId("note", $"n-{i}"), ExpectedVersion.NoStream, Appends.Event("a", new StoredEventType("note", $"type-{i}", 1, "", null))), default);
        }

        Assert.Equal(before, await place.CountSchemaChanges());
    }

    [Fact]
    public async Task Recorded_times_never_run_backwards_also_after_a_restart_with_a_clock_set_back()
    {
        await using var place = await NewPlace();
        foreach (var now in new[] { 1_000L, 500, 2_000, 1 })
        {
            await using var journal = await place.Open();
            var append = Appends.Of("a");
            await journal.Append(new PreparedAppend { AppendId = append.AppendId, IsIdGiven = false, Streams = append.Streams, Now = now, EventCount = 1, Bytes = 1 }, default);
        }

        await using var reopened = await place.Open();
        Assert.Equal([1_000L, 1_000, 2_000, 2_000], (await reopened.ReadAll()).Select(row => row.RecordedAt));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64 * 1024 * 1024)]
    public async Task Payloads_come_back_byte_for_byte(int bytes)
    {
        await using var place = await NewPlace();
        await using var journal = await place.Open();
        var data = new byte[bytes];
        new Random(7).NextBytes(data);
        var e = new PreparedEvent { EventId = Guid.Empty, Type = Appends.Noted, Data = data, Salt = new byte[16], ContentHash = new byte[32] };
        await journal.Append(Appends.To(Appends.Stream, ExpectedVersion.Any, e), default);
        Assert.True((await journal.ReadAll())[0].Data.Span.SequenceEqual(data));
    }

    [Fact]
    public async Task A_hundred_thousand_events_are_one_append()
    {
        await using var place = await NewPlace();
        await using var journal = await place.Open();
        var e = Appends.Event("x");
        var result = await journal.Append(Appends.To(Appends.Stream, ExpectedVersion.NoStream, [.. Enumerable.Repeat(e, JournalLimits.MaxAppendEvents)]), default);
        Assert.Equal(JournalLimits.MaxAppendEvents, result.LastPosition.Value);
        Assert.Equal(JournalLimits.MaxAppendEvents, (await journal.ReadHead(default)).Position);
    }

    [Fact]
    public async Task A_stream_keeps_its_family_and_a_refusal_harms_no_neighbour()
    {
        await using var place = await NewPlace();
        await using var journal = await place.Open();
        await journal.Append(Appends.Of("a"), default);
        var other = new StoredEventType("letter", "sent", 1, "", null);
        await Assert.ThrowsAsync<EventModelException>(() => journal.Append(Appends.To(Appends.Stream, ExpectedVersion.Any, Appends.Event("b", other)), default).AsTask());
        await journal.Append(Appends.Of("c"), default);
        Assert.Equal(["a", "c"], (await journal.ReadAll()).Select(row => row.Text()));
    }

    private static PreparedStream Stream(string id, params string[] texts) => new()
    {
        StreamId = new StreamId("note", id),
        Expected = ExpectedVersion.Any,
        Events = [.. texts.Select(text => Appends.Event(text))],
    };
}
