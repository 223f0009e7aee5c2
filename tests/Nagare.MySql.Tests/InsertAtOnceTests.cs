namespace Nagare.MySql.Tests;

/// <summary>The one insert that most appends are: what it stands on, and what is kept of it.</summary>
public abstract class InsertAtOnceTests(Server server)
{
    // As after a failover to a server that had not got them yet.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Where_the_newest_events_were_lost_meanwhile_the_next_append_follows_what_is_left(int events)
    {
        await using var database = new JournalDatabase(server);
        await using var journal = await database.Open();
        for (var i = 1; i <= 3; i++)
        {
            await journal.Append(Appends.Of($"{i}"), default);
        }

        await database.Execute("drop trigger nagare_events_refuse_delete; delete from nagare_events where position > 1");
        var result = await journal.Append(Appends.To(Appends.Stream, ExpectedVersion.Any, [.. Enumerable.Range(0, events).Select(i => Appends.Event($"n{i}"))]), default);
        Assert.Equal(2, result.FirstPosition.Value);
        Assert.Equal(Enumerable.Range(1, events + 1).Select(i => (long)i), (await journal.ReadAll()).Select(row => row.Position));
    }

    [Fact]
    public async Task Two_journals_that_append_in_turns_find_each_others_events()
    {
        await using var database = new JournalDatabase(server);
        await using var one = await database.Open();
        await using var two = await database.Open();
        for (var i = 0; i < 12; i++)
        {
            var journal = i % 4 < 2 ? one : two;
            await journal.Append(Appends.To(Appends.Stream, i == 0 ? ExpectedVersion.NoStream : ExpectedVersion.At(i), Appends.Event($"{i}")), default);
        }

        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"{i}"), (await one.ReadAll()).Select(row => row.Text()));
    }

    // More sizes than statements are kept of, some often enough to be prepared, some larger than any that is kept.
    [Fact]
    public async Task Appends_of_many_sizes_are_stored_as_they_are()
    {
        await using var database = new JournalDatabase(server);
        await using var journal = await database.Open();
        var expected = new List<string>();
        foreach (var size in Enumerable.Repeat(Enumerable.Range(1, 60).Append(200), 3).SelectMany(sizes => sizes).Append(1_200).Append(1))
        {
            var texts = Enumerable.Range(expected.Count, size).Select(i => $"{i}").ToList();
            expected.AddRange(texts);
            await journal.Append(Appends.To(Appends.Stream, ExpectedVersion.Any, [.. texts.Select(text => Appends.Event(text))]), default);
        }

        Assert.Equal(expected, (await journal.ReadAll()).Select(row => row.Text()));
        Assert.Equal(await database.Number("select max(position) from nagare_events"), expected.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task It_waits_for_whoever_holds_the_head(int events)
    {
        await using var database = new JournalDatabase(server);
        await using var journal = await database.Open(options => options.BusyTimeout = TimeSpan.FromSeconds(1));
        await journal.Append(Appends.Of("a"), default);
        await using (await database.HoldHead())
        {
            await Assert.ThrowsAsync<JournalBusyException>(() => journal.Append(Several("b"), default).AsTask());
        }

        Assert.Equal(1 + events, (await journal.Append(Several("c"), default)).LastPosition.Value);

        Storage.PreparedAppend Several(string text) => Appends.To(Appends.Stream, ExpectedVersion.Any, [.. Enumerable.Repeat(Appends.Event(text), events)]);
    }
}

public class MySqlInsertAtOnceTests() : InsertAtOnceTests(Server.MySql)
{
    // Only this server tells whose prepared statements it keeps.
    [Fact]
    public async Task What_is_prepared_stays_within_a_bound_however_many_sizes_come()
    {
        await using var database = new JournalDatabase(Server.MySql);
        await using var journal = await database.Open();
        foreach (var size in Enumerable.Range(1, 128).SelectMany(size => Enumerable.Repeat(size, 3)))
        {
            await journal.Append(Appends.To(Appends.Stream, ExpectedVersion.Any, [.. Enumerable.Repeat(Appends.Event("a"), size)]), default);
        }

        // One event and two, and so on to 63, are 2,016: another would be more than 2,048.
        Assert.Equal(63, await database.Number("""
            select count(*) from performance_schema.prepared_statements_instances s join performance_schema.threads t on t.thread_id = s.owner_thread_id
            where t.processlist_db = database()
            """));
    }
}

public class MariaDbInsertAtOnceTests() : InsertAtOnceTests(Server.MariaDb);
