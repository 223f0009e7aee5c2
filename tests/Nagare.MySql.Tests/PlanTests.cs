using System.Globalization;
using MySqlConnector;
using Nagare.Storage;

namespace Nagare.MySql.Tests;

/// <summary>Asks the server how many rows it touched and sorted, rather than what it planned: a plan says neither what an index condition costs nor where it stops.</summary>
public abstract class PlanTests(Server server)
{
    private const int PageRows = 100;

    // The planner chooses by statistics: a fresh and an analysed table.
    [Fact]
    public async Task No_page_query_scans_or_sorts_however_large_the_journal_is()
    {
        await using var database = new JournalDatabase(server);
        await using (var journal = await database.Open())
        {
            await journal.Seed();
        }

        await CheckQueries(database);
        await CheckGuards(database);
        await database.Execute("analyze table nagare_events, nagare_links");
        await CheckQueries(database);
        await CheckGuards(database);
        TestContext.Current.TestOutputHelper?.WriteLine($"{SeededJournal.Events} events");
    }

    private static async Task CheckQueries(JournalDatabase database)
    {
        var dialect = new MySqlDialect(database.Options());
        await using var connection = (MySqlConnection)await dialect.Connect(ServerConnectionUse.Read, default);
        var eventId = await FirstEventId(connection);
        foreach (var path in Enum.GetValues<StoredPath>())
        {
            foreach (var direction in Enum.GetValues<ReadDirection>())
            {
                foreach (var detail in Enum.GetValues<StoredDetail>())
                {
                    await using var command = (MySqlCommand)dialect.CreateRead(connection, path, direction, detail);
                    await command.PrepareAsync();
                    // In the middle of the journal, so that a bound that is not one of the index would be seen.
                    dialect.Bind(command, Query(path, direction, eventId));
                    var (rows, touched, sorted) = await Run(connection, command);
                    Assert.InRange(rows, 1, PageRows);
                    // A row of a secondary index, its event, and the one after the last that shows the end; for a cause two such pages and the positions merged.
                    Assert.True(touched <= (path == StoredPath.Cause ? 10 : 3) * (rows + 1), $"{path} {direction} {detail}: {touched} rows touched for {rows} given");
                    Assert.True(sorted <= (path == StoredPath.Cause ? 2 * PageRows : 0), $"{path} {direction} {detail}: {sorted} rows sorted");
                }
            }
        }

        await using var append = new MySqlCommand(MySqlReadStatements.Append, connection);
        append.Parameters.AddWithValue("@event_id", eventId);
        append.Parameters.AddWithValue("@limit", PageRows);
        var (found, touchedByAppend, sortedByAppend) = await Run(connection, append);
        Assert.Equal((PageRows, 0L), (found, sortedByAppend));
        Assert.True(touchedByAppend <= PageRows + 3, $"{touchedByAppend} rows touched for an append");

        await using var heads = new MySqlCommand(MySqlWriteStatements.ReadStreamHeads(3), connection);
        foreach (var stream in (string[])["note/n-0", "note/n-1000", "note/none"])
        {
            heads.Parameters.Add(new MySqlParameter { Value = stream });
        }

        var (streams, touchedByHeads, _) = await Run(connection, heads);
        Assert.Equal(2, streams);
        Assert.True(touchedByHeads <= 12, $"{touchedByHeads} rows touched for the heads of three streams");
    }

    // What an append asks for before it writes, each in a transaction that is taken back.
    private static async Task CheckGuards(JournalDatabase database)
    {
        await using var connection = (MySqlConnection)await new MySqlDialect(database.Options()).Connect(ServerConnectionUse.Write, default);
        var recordedAt = Convert.ToInt64(await Scalar(connection, $"select recorded_at from nagare_events where position = {SeededJournal.Events}"), CultureInfo.InvariantCulture);
        var head = new JournalHead(SeededJournal.Events, recordedAt);
        foreach (var events in (int[])[1, 3, 100])
        {
            using var insert = new InsertAtOnce(connection, events);
            var command = insert.With(PlanOf(events, head), head);
            await command.PrepareAsync();
            await Scalar(connection, "start transaction");
            var (_, touched, sorted) = await Run(connection, command);
            Assert.Equal((long)events, await Scalar(connection, $"select count(*) from nagare_events where position > {head.Position}"));
            await Scalar(connection, "rollback");
            // The head, the last event, and what was made of the answer.
            Assert.True(touched is >= 2 and <= 3 && sorted == 0, $"an insert of {events}: {touched} rows touched, {sorted} sorted");
        }

        await using var take = new MySqlCommand(MySqlWriteStatements.TakeHeadLeft(missingStreams: 2, missingEvents: 2), connection);
        foreach (var value in (object[])[head.Position, head.RecordedAt, "note/none", "note/n", Guid.CreateVersion7().ToByteArray(bigEndian: true), Guid.CreateVersion7().ToByteArray(bigEndian: true)])
        {
            take.Parameters.Add(new MySqlParameter { Value = value });
        }

        await Scalar(connection, "start transaction");
        var (_, touchedToTake, sortedToTake) = await Run(connection, take);
        await Scalar(connection, "rollback");
        Assert.True(touchedToTake is >= 2 and <= 8 && sortedToTake == 0, $"to take the head: {touchedToTake} rows touched, {sortedToTake} sorted");
    }

    private static AppendPlan PlanOf(int events, JournalHead head)
    {
        var prepared = Appends.Of([.. Enumerable.Range(0, events).Select(i => $"{i}")]).Streams[0].Events;
        var stream = new StreamId("note", "planned");
        return new AppendPlan([], [.. prepared.Select((e, i) => new PlannedEvent(head.Position + i + 1, stream, i + 1, head.RecordedAt, e))], head);
    }

    private static async Task<object?> Scalar(MySqlConnection connection, string sql)
    {
        await using var command = new MySqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    [Fact]
    public async Task A_scan_or_a_sort_would_be_seen()
    {
        await using var database = new JournalDatabase(server);
        await using var journal = await database.Open();
        await journal.Append(Appends.To(Appends.Stream, ExpectedVersion.Any, [.. Enumerable.Range(0, 1_000).Select(i => Appends.Event($"{i}"))]), default);
        await using var connection = await database.Connect();
        await using var scan = new MySqlCommand("select position from nagare_events where actor = 'a'", connection);
        Assert.InRange((await Run(connection, scan)).Touched, 1_000, 1_010);
        await using var sort = new MySqlCommand("select position from nagare_events where stream_id = 'note/n-1' order by actor", connection);
        Assert.Equal(1_000, (await Run(connection, sort)).Sorted);
    }

    private static StoredQuery Query(StoredPath path, ReadDirection direction, Guid eventId)
    {
        var query = new StoredQuery { Path = path, Direction = direction, After = 3_000, Until = 17_000, Limit = PageRows };
        return path switch
        {
            StoredPath.EventId => query with { KeyBytes = eventId.ToByteArray(bigEndian: true) },
            StoredPath.Stream => query with { Key = "note/n-1000", After = 1_000, Until = 3_000 },
            StoredPath.Correlation => query with { Key = "c-7" },
            StoredPath.Subject => query with { Key = "customer-6" },
            StoredPath.Cause => query with { KeyBytes = new CausationId("request-5").ToBytes() },
            StoredPath.Occurred => query with { AfterOccurred = 50, UntilOccurred = 150 },
            StoredPath.Journal => query,
            _ => throw new ArgumentOutOfRangeException(nameof(path), path, "There is no such path."),
        };
    }

    private static async Task<Guid> FirstEventId(MySqlConnection connection) =>
        (Guid)(await Scalar(connection, "select event_id from nagare_events where position = 1001"))!;

    // What the counters say between two askings, without what asking for them costs.
    private static async Task<(int Rows, long Touched, long Sorted)> Run(MySqlConnection connection, MySqlCommand command)
    {
        var first = await Counters(connection);
        var second = await Counters(connection);
        var rows = 0;
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                rows++;
            }
        }

        var third = await Counters(connection);
        return (rows, third.Touched - second.Touched - (second.Touched - first.Touched), third.Sorted - second.Sorted - (second.Sorted - first.Sorted));
    }

    private static async Task<(long Touched, long Sorted)> Counters(MySqlConnection connection)
    {
        var (touched, sorted) = (0L, 0L);
        await using var command = new MySqlCommand("show session status where variable_name like 'Handler_read%' or variable_name = 'Sort_rows'", connection);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var count = long.Parse(rows.GetString(1), CultureInfo.InvariantCulture);
            if (rows.GetString(0) == "Sort_rows")
            {
                sorted = count;
            }
            else
            {
                touched += count;
            }
        }

        return (touched, sorted);
    }
}

public class MySqlPlanTests() : PlanTests(Server.MySql);

public class MariaDbPlanTests() : PlanTests(Server.MariaDb);
