namespace Nagare.Tests.Upcasters;

public sealed class UpcasterTests
{
    [Fact]
    public async Task A_past_event_is_read_as_the_event_of_today()
    {
        await using var desk = new CourierDesk();
        await desk.Wrote(new ReasonedV2("rain", "bus"));

        Assert.Equal(new CourierEvent.Reasoned("rain", "bus", null), Assert.Single(await desk.Read()).Event);
        Assert.Equal(["rain/bus"], (await desk.Days.Load(CourierDesk.Monday)).State.Told);
    }

    [Fact]
    public async Task An_old_version_goes_through_every_later_one()
    {
        await using var desk = new CourierDesk();
        await desk.Wrote(new ReasonedV1("sun"));

        Assert.Equal(new CourierEvent.Reasoned("sun", "walk", null), Assert.Single(await desk.Read()).Event);
    }

    [Fact]
    public async Task An_upcast_event_keeps_its_position_version_times_names_and_bytes()
    {
        await using var desk = new CourierDesk();
        var metadata = new EventMetadata { Subject = "ada", Actor = "rex", OccurredAt = CourierDesk.Start.AddDays(-1), CorrelationId = "c" };
        await desk.Wrote(new CourierEvent.Started("there"));
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        var stored = await desk.Wrote(metadata, new ToolCalledV1("why", "map", "left", 7));

        var parts = (await desk.Read())[1..];

        Assert.Equal([0, 1], parts.Select(part => part.Ordinal));
        Assert.Equal([new CourierEvent.Reasoned("why", "map", null), new CourierEvent.ToolReturned("map", "left", 7)], parts.Select(part => part.Event));
        Assert.All(parts, part =>
        {
            Assert.Equal((new Position(2), new StreamVersion(2), stored.AppendId), (part.Position, part.Version, part.EventId));
            Assert.Equal((CourierDesk.Start.AddMinutes(1), CourierDesk.Start.AddDays(-1)), (part.RecordedAt, part.OccurredAt));
            Assert.Equal(("courier", "tool-called", 1), (part.Family, part.TypeName, part.SchemaVersion));
            Assert.Equal(metadata with { CausationId = part.Metadata.CausationId }, part.Metadata);
            Assert.Equal("""{"thought":"why","tool":"map","response":"left","ms":7}"""u8, part.Data.Span);
        });
    }

    [Fact]
    public async Task What_an_upcaster_drops_leaves_every_fold_and_no_version_moves()
    {
        await using var desk = new CourierDesk();
        await desk.Wrote(new HeartbeatV1(1), new ReasonedV1("a"), new HeartbeatV1(2), new ReasonedV1("b"), new HeartbeatV1(3));

        Assert.Equal([(2L, "a"), (4L, "b")], (await desk.Read()).Select(e => (e.Version.Value, ((CourierEvent.Reasoned)e.Event).Thought)));
        var loaded = await desk.Days.Load(CourierDesk.Monday);
        Assert.Equal((5, 2), (loaded.Version.Value, loaded.State.Told.Count));
        Assert.Single((await desk.Days.LoadAtVersion(CourierDesk.Monday, 3)).State.Told);
        await desk.Days.Append(CourierDesk.Monday, ExpectedVersion.At(5), [new CourierEvent.Started("on")]);
    }

    [Fact]
    public async Task A_version_that_is_split_is_loaded_as_one()
    {
        await using var desk = new CourierDesk();
        await desk.Wrote(new ReasonedV1("a"), new ToolCalledV1("b", "map", "left", 7), new ReasonedV1("c"));

        Assert.Equal(["a/walk"], (await desk.Days.LoadAtVersion(CourierDesk.Monday, 1)).State.Told);
        Assert.Equal(["a/walk", "b/map", "left in 7"], (await desk.Days.LoadAtVersion(CourierDesk.Monday, 2)).State.Told);
        Assert.Equal(3, (await desk.Days.Load(CourierDesk.Monday)).Version.Value);
    }

    [Fact]
    public async Task Backwards_the_parts_come_the_other_way_round()
    {
        await using var desk = new CourierDesk();
        await desk.Wrote(new ReasonedV1("a"), new ToolCalledV1("b", "map", "left", 7), new ReasonedV1("c"));

        var forwards = await desk.Read();
        var backwards = await desk.Read(direction: ReadDirection.Backwards);

        backwards.Reverse();
        Assert.Equal(forwards.Select(e => (e.Version, e.Ordinal)), backwards.Select(e => (e.Version, e.Ordinal)));
    }

    [Fact]
    public async Task Metadata_and_envelope_are_there_for_an_upcaster_on_folds_too()
    {
        await using var desk = new CourierDesk();
        await desk.Wrote(new EventMetadata { Subject = "ada", Actor = "rex" }, new LeftV1("town"), new Yesterday.NotedV1("rain"));
        string[] expected = ["town at v1 for ada, of town", "rain says rex, Calm"];

        Assert.Equal(expected, (await desk.Days.Load(CourierDesk.Monday)).State.Told);
        Assert.Equal(expected, (await desk.Days.LoadAsOf(CourierDesk.Monday, CourierDesk.Start)).State.Told);
    }

    [Theory]
    [InlineData("unreadable", typeof(FormatException))]
    [InlineData("null", typeof(InvalidOperationException))]
    public async Task An_upcaster_that_throws_is_one_error_that_names_event_version_and_position(string how, Type inner)
    {
        await using var desk = new CourierDesk();
        await desk.Wrote(new ReasonedV1("fine"), new BrokenV1(how));

        var errors = new[]
        {
            await Assert.ThrowsAsync<UpcastException>(async () => await desk.Days.Load(CourierDesk.Monday)),
            await Assert.ThrowsAsync<UpcastException>(() => desk.Read()),
        };

        Assert.All(errors, error =>
        {
            Assert.Equal(("courier/broken", 1, CourierDesk.Monday, new StreamVersion(2), new Position(2)), (error.EventName, error.SchemaVersion, error.StreamId, error.Version, error.Position));
            Assert.IsType(inner, error.InnerException);
            Assert.StartsWith("The upcaster of courier/broken (schema version 1) failed on position 2, courier/monday v2, with ", error.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task What_stands_before_a_failing_upcaster_is_given_first()
    {
        await using var desk = new CourierDesk();
        await desk.Wrote(new ReasonedV1("fine"), new BrokenV1("x"));
        var read = new List<Envelope>();

        await Assert.ThrowsAsync<UpcastException>(async () =>
        {
            await foreach (var envelope in desk.Journal.Read(JournalScope.Everything))
            {
                read.Add(envelope);
            }
        });

        Assert.Single(read);
    }

    [Fact]
    public async Task An_old_payload_that_does_not_fit_its_old_record_is_a_format_error()
    {
        await using var desk = new CourierDesk();
        await desk.Wrote(new Yesterday.NotedV1("rain"));

        // The raw form takes any JSON; what it does not find is its own error.
        Assert.Single(await desk.Read());
        var model = new EventModelBuilder();
        model.AddFamily(new EventFamily("courier", typeof(CourierEvent), []) { Past = [PastEventType.ToOne("noted", 1, new Generated.Nagare_Tests_Upcasters_ReasonedV1Converter(), static old => old)] });
        await using var reader = await Nagare.Journal.Open(model.Build(), desk.Raw);
        await Assert.ThrowsAsync<EventFormatException>(async () => await reader.Read(JournalScope.Everything).FirstAsync());
    }
}
