using Nagare.Storage;

namespace Nagare.MySql.Tests;

public abstract class FaultTests(Server server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_session_that_the_server_ends_while_it_idles_is_nobodys_failure()
    {
        await using var database = new JournalDatabase(server);
        await using var journal = await database.Open();
        for (var i = 1; i <= 5; i++)
        {
            Assert.Equal(i, (await journal.Append(Appends.Of($"{i}"), default)).LastPosition.Value);
            Assert.Equal(i, (await journal.ReadAll()).Count);
            await database.EndSessions();
        }
    }

    [Fact]
    public async Task Sessions_ended_under_eight_writers_lose_nothing_and_double_nothing()
    {
        await using var database = new JournalDatabase(server);
        await using var one = await database.Open();
        await using var two = await database.Open();
        using var progress = new SemaphoreSlim(0);
        var killing = Task.Run(async () =>
        {
            for (var i = 0; i < 30; i++)
            {
                while (progress.Wait(0))
                {
                }

                // Each time the writers have to come back before they are interrupted again.
                await database.EndSessions();
                Assert.True(await progress.WaitAsync(Patience), $"no append was stored after the sessions were ended {i + 1} times");
            }
        });

        var acknowledged = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            while (!killing.IsCompleted)
            {
                var id = Appends.NewId();
                var append = Appends.Of(id, new PreparedStream { StreamId = new("note", $"w-{writer}"), Expected = ExpectedVersion.Any, Events = [Appends.Event("x"), Appends.Event("y")] });
                // The bound of the writer's own attempts may be reached here; the id then tells.
                for (var attempt = 0; attempt < 20; attempt++)
                {
                    try
                    {
                        await (writer % 2 == 0 ? one : two).Append(append, default);
                        Interlocked.Increment(ref acknowledged);
                        progress.Release();
                        break;
                    }
                    catch (JournalException failure) when (failure is JournalUnavailableException or AppendOutcomeUnknownException)
                    {
                    }
                }
            }
        }));
        await killing;

        await using var check = await database.Open();
        var rows = await check.ReadAll();
        Assert.Equal(Enumerable.Range(1, acknowledged * 2).Select(n => (long)n), rows.Select(row => row.Position));
        Assert.Equal(rows.Count, rows.Select(row => row.EventId).Distinct().Count());
        Assert.True(acknowledged > 8, $"only {acknowledged} appends");
    }

    // Any of them may exist, so they are asked for; ids that differ by case, accent or quote are others.
    [Fact]
    public async Task A_thousand_streams_of_one_append_are_asked_for_at_once()
    {
        await using var database = new JournalDatabase(server);
        await using var one = await database.Open();
        await using var two = await database.Open();
        var streams = Enumerable.Range(0, JournalLimits.MaxAppendStreams / 3).SelectMany(i => (StreamId[])[new("note", $"é'\\-{i}"), new("note", $"É'\\-{i}"), new("note", $"😀'\\-{i}")]).ToArray();
        for (var version = 1; version <= 3; version++)
        {
            var writer = version % 2 == 0 ? two : one;
            var append = Appends.Of(null, [.. streams.Select(stream => new PreparedStream { StreamId = stream, Expected = ExpectedVersion.Any, Events = [Appends.Event($"{version}")] })]);
            var begun = TimeProvider.System.GetTimestamp();
            await writer.Append(append, default).AsTask().WaitAsync(Patience);
            TestContext.Current.TestOutputHelper?.WriteLine($"{server.Title}: {streams.Length} streams in {TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds:0} ms");
        }

        var rows = await two.ReadAll();
        Assert.All(rows.GroupBy(row => row.StreamId), stream => Assert.Equal([1L, 2, 3], stream.Select(row => row.Version)));
        Assert.Equal(streams.Length, rows.Select(row => row.StreamId).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Closing_leaves_no_session_on_the_server()
    {
        await using var database = new JournalDatabase(server);
        await using (var journal = await database.Open())
        {
            await Task.WhenAll(Enumerable.Range(0, 50).Select(i => journal.Append(Appends.Of($"{i}"), default).AsTask()));
            await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => journal.ReadAll()));
            Assert.InRange(await database.CountSessions(), 1, 9);
        }

        // The server notices a closed connection a moment later.
        var closed = TimeProvider.System.GetTimestamp();
        while (await database.CountSessions() > 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(closed) < Patience, "sessions are left on the server");
        }
    }
}

public class MySqlFaultTests() : FaultTests(Server.MySql)
{
    [Fact]
    public async Task A_server_that_is_not_there_is_a_typed_error()
    {
        await using var journal = new MySqlJournal(new() { ConnectionString = "Server=127.0.0.1;Port=1;User ID=nobody;Password=secret;Connection Timeout=2" });
        var unavailable = await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.Open(default).AsTask());
        Assert.Contains("127.0.0.1:1", unavailable.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", unavailable.ToString(), StringComparison.Ordinal);
    }
}

public class MariaDbFaultTests() : FaultTests(Server.MariaDb);
