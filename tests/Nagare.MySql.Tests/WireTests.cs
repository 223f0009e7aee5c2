using MySqlConnector;
using Nagare.Storage;

namespace Nagare.MySql.Tests;

/// <summary>What a network does to an append: the answer is lost, the request is lost, the server is frozen.</summary>
public abstract class WireTests(Server server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lost_answer_and_a_lost_request_are_answered_from_what_is_stored(bool reachesTheServer)
    {
        await using var database = new JournalDatabase(server);
        await using var proxy = Proxy();
        await using var journal = await database.Open(options => options.ConnectionString = Through(options.ConnectionString, proxy));
        for (var i = 1; i <= 5; i++)
        {
            var lost = reachesTheServer ? proxy.LoseAnswer(FaultProxy.Holds("into nagare_events")) : proxy.LoseRequest(FaultProxy.Holds("into nagare_events"));
            var append = journal.Append(Appends.Of($"{i}"), default).AsTask();
            await lost.WaitAsync(Patience);
            Assert.Equal(i, (await append.WaitAsync(Patience)).LastPosition.Value);
        }

        var rows = await journal.ReadAll();
        Assert.Equal(["1", "2", "3", "4", "5"], rows.Select(Appends.Text));
    }

    [Fact]
    public async Task A_frozen_server_leaves_the_queue_bounded_and_everything_that_waited_is_stored_once()
    {
        await using var database = new JournalDatabase(server);
        await using var proxy = Proxy();
        var limits = new AppendQueueLimits { MaxQueuedEvents = 64, MaxQueuedBytes = 64 * 1024, MaxBatchAppends = 16 };
        await using var journal = await database.Open(options =>
        {
            options.ConnectionString = Through(options.ConnectionString, proxy);
            options.Queue = limits;
        });
        await journal.Append(Appends.Of("first"), default);

        proxy.Freeze();
        using var gaveUp = new CancellationTokenSource();
        var patient = Enumerable.Range(0, 400).Select(i => journal.Append(Appends.Of($"p-{i}"), default).AsTask()).ToArray();
        var impatient = Enumerable.Range(0, 100).Select(i => journal.Append(Appends.Of($"i-{i}"), gaveUp.Token).AsTask()).ToArray();
        await gaveUp.CancelAsync();
        foreach (var append in impatient)
        {
            // None of them was taken by the writer, which has the first batch of patient ones in hand, so each is surely not stored.
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append.WaitAsync(Patience));
        }

        Assert.All(patient, append => Assert.False(append.IsCompleted));
        proxy.Thaw();
        await Task.WhenAll(patient).WaitAsync(Patience);
        var texts = (await journal.ReadAll()).Select(Appends.Text).ToList();
        Assert.Equal(["first", .. Enumerable.Range(0, 400).Select(i => $"p-{i}")], texts);
    }

    [Fact]
    public async Task A_server_that_is_gone_and_comes_back_takes_what_waited()
    {
        await using var database = new JournalDatabase(server);
        await using var proxy = Proxy();
        await using var journal = await database.Open(options => options.ConnectionString = Through(options.ConnectionString, proxy));
        await journal.Append(Appends.Of("first"), default);
        proxy.Refuse();
        var waiting = journal.Append(Appends.Of("second"), default).AsTask();
        proxy.Restore();
        Assert.Equal(2, (await waiting.WaitAsync(Patience)).LastPosition.Value);
    }

    // A statement that the server never answers is given up by the command time-out; the next attempt finds the server again.
    [Fact]
    public async Task A_statement_that_is_never_answered_is_given_up_and_leaves_nothing_behind()
    {
        await using var database = new JournalDatabase(server);
        await using (await database.Open())
        {
        }

        await using var proxy = Proxy();
        await using var journal = await database.Open(options =>
        {
            options.ConnectionString = Through(options.ConnectionString, proxy) + ";Connection Timeout=5";
            options.CommandTimeout = TimeSpan.FromSeconds(5);
        });
        await journal.Append(Appends.Of("first"), default);
        proxy.Freeze();
        var append = journal.Append(Appends.Of("second"), default).AsTask();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.ReadHead(default).AsTask().WaitAsync(Patience));
        proxy.Thaw();
        Assert.Equal(2, (await append.WaitAsync(Patience)).LastPosition.Value);
        Assert.Equal(["first", "second"], (await journal.ReadAll()).Select(Appends.Text));
    }

    private FaultProxy Proxy()
    {
        var settings = new MySqlConnectionStringBuilder(server.ConnectionString);
        return FaultProxy.To(settings.Server, (int)settings.Port);
    }

    private static string Through(string connectionString, FaultProxy proxy) => new MySqlConnectionStringBuilder(connectionString)
    {
        Server = "127.0.0.1",
        Port = (uint)proxy.Port,
        SslMode = MySqlSslMode.None,
        AllowPublicKeyRetrieval = true,
    }.ConnectionString;
}

public class MySqlWireTests() : WireTests(Server.MySql);

public class MariaDbWireTests() : WireTests(Server.MariaDb);
