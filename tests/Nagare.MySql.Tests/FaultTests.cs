using Nagare.Storage;

namespace Nagare.MySql.Tests;

public abstract class FaultTests(Server server) : FaultPromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalDatabase(server));

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
