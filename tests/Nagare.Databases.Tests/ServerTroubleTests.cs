using Nagare.Storage;

namespace Nagare.Databases.Tests;

/// <summary>A server that cannot for a while: what is over in a moment is waited for, what is not is a typed error, and a journal that was open all the time goes on afterwards.</summary>
public class ServerTroubleTests
{
    // A few files grow by several megabytes at once.
    private const long RoomLeft = 24 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // Nobody here can start SQL Server.
    public static TheoryData<string> Servers => [.. AllDatabases.Servers.Where(name => name != "sqlserver")];

    public static TheoryData<string> ServersOfMySql => [.. AllDatabases.Servers.Where(name => name is "mariadb" or "mysql")];

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Where_no_connection_is_left_an_append_waits_a_moment_for_one(string database)
    {
        await using var server = await TroubledServer.Start(database);
        await using var journal = await OpenWithOneEvent(server);
        var stored = await WhileNoConnectionIsLeft(server, () => journal.Append(Appends.Of("2"), default).AsTask());
        Assert.Equal(2, stored.LastPosition.Value);
        await using (await server.TakeAllConnections())
        {
            // The first finds its connection gone when it may have been asked for all, and nobody can be asked what became of it.
            await Assert.ThrowsAnyAsync<JournalException>(() => journal.Append(Appends.Of("refused"), default).AsTask().WaitAsync(Patience));
            var refused = await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.Append(Appends.Of("refused"), default).AsTask().WaitAsync(Patience));
            Assert.Contains("no more connections", refused.Message, StringComparison.Ordinal);
            Assert.Contains("Nothing was stored", refused.Message, StringComparison.Ordinal);
            var unread = await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.ReadAll().WaitAsync(Patience));
            Assert.Contains("no more connections", unread.Message, StringComparison.Ordinal);

            // Who comes after somebody who waited in vain hears it at once.
            var noticed = server.NextTrouble();
            await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.ReadAll().WaitAsync(Patience));
            Assert.False(noticed.IsCompleted, "a reader waited again");
        }

        Assert.Equal(3, (await Again(() => journal.Append(Appends.Of("3"), default).AsTask())).LastPosition.Value);
        Assert.Equal(["1", "2", "3"], (await Again(journal.ReadAll)).Select(Appends.Text));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Where_no_connection_is_left_a_read_waits_a_moment_for_one(string database)
    {
        await using var server = await TroubledServer.Start(database);
        await using var journal = await OpenWithOneEvent(server);
        Assert.Single(await journal.ReadAll());
        Assert.Single(await WhileNoConnectionIsLeft(server, () => journal.ReadAll()));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Readers_go_on_through_a_restart_of_the_server(string database)
    {
        await using var server = await TroubledServer.Start(database);
        await using var journal = await OpenWithOneEvent(server);
        Assert.Single(await journal.ReadAll());
        server.Lose();
        var noticed = server.NextTrouble();
        var waiting = Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Again(journal.ReadAll)));
        await noticed.WaitAsync(Patience);

        // Whoever gives up waiting need not wait for the server.
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => journal.ReadHead(impatient.Token).AsTask().WaitAsync(Patience));
        await server.Restart();
        Assert.All(await waiting.WaitAsync(Patience), rows => Assert.Single(rows));
    }

    // An append that shared its connection gives it up: the next one has to connect first, and until then nothing of it was sent.
    [Theory]
    [MemberData(nameof(Servers))]
    public async Task An_append_that_could_not_connect_is_known_not_to_be_stored(string database)
    {
        await using var server = await TroubledServer.Start(database);
        await using var journal = await OpenWithOneEvent(server);
        await journal.Append(Appends.Of("2"), (_, _, _) => default, default);
        server.Lose();
        var refused = await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.Append(Appends.Of("refused"), default).AsTask().WaitAsync(Patience));
        Assert.Contains("Nothing was stored", refused.Message, StringComparison.Ordinal);
        await server.Restart();
        Assert.Equal(3, (await Again(() => journal.Append(Appends.Of("3"), default).AsTask())).LastPosition.Value);
    }

    // PostgreSQL's that takes no writes is a standby: FailoverTests has one.
    [Theory]
    [MemberData(nameof(ServersOfMySql))]
    public async Task A_server_that_takes_no_writes_for_a_while_is_waited_for_and_then_a_typed_error(string database)
    {
        await using var server = (TroubledMySql)await TroubledServer.Start(database);
        await using var journal = await OpenWithOneEvent(server);
        // From the second on a writer knows the head it left.
        await journal.Append(Appends.Of("2"), default);

        await server.SetReadOnly(true);
        var noticed = server.NextTrouble();
        var waiting = journal.Append(Appends.Of("3"), default).AsTask();
        await noticed.WaitAsync(Patience);
        Assert.False(waiting.IsCompleted, "the server takes writes");
        await server.SetReadOnly(false);
        Assert.Equal(3, (await waiting.WaitAsync(Patience)).LastPosition.Value);

        await journal.Append(Appends.Of("4"), default);
        await server.SetReadOnly(true);
        var refused = await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.Append(Appends.Of("refused"), default).AsTask().WaitAsync(Patience));
        Assert.Contains("takes no writes", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was stored", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["1", "2", "3", "4"], (await journal.ReadAll()).Select(Appends.Text));

        await server.SetReadOnly(false);
        Assert.Equal(5, (await Again(() => journal.Append(Appends.Of("5"), default).AsTask())).LastPosition.Value);
        Assert.Equal(["1", "2", "3", "4", "5"], (await journal.ReadAll()).Select(Appends.Text));
    }

    // PostgreSQL's full disk is a tablespace, in the tests of its provider.
    [Theory]
    [MemberData(nameof(ServersOfMySql))]
    public async Task A_full_disk_is_a_typed_error_until_there_is_room_again(string database)
    {
        AllDatabases.There(database);
        using var disk = SmallDisk.Mount("size=800m");
        await using var server = await TroubledServer.Start(database, disk.Path);
        await using var journal = server.Journal();
        await journal.Open(default);
        await journal.Append(Appends.Of("first"), default);
        await journal.ReadAll();
        var ballast = Path.Combine(disk.Path, "ballast");
        using (var file = File.OpenWrite(ballast))
        {
            file.Write(new byte[new DriveInfo(disk.Path).AvailableFreeSpace - RoomLeft]);
        }

        var acknowledged = 1;
        var append = Large();
        var failure = await Assert.ThrowsAnyAsync<JournalException>(async () =>
        {
            while (true)
            {
                await journal.Append(append, default).AsTask().WaitAsync(Patience);
                acknowledged += append.EventCount;
                append = Large();
            }
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{acknowledged} events, then: {failure.Message}");
        if (server.HasEnded)
        {
            // MySQL ends itself where it cannot write its binary log, unless it is told otherwise.
            File.Delete(ballast);
            await server.Restart();
        }
        else
        {
            var full = Assert.IsType<JournalUnavailableException>(failure);
            Assert.Contains("disk is full", full.Message, StringComparison.Ordinal);
            Assert.Contains("Nothing was stored", full.Message, StringComparison.Ordinal);
            Assert.Equal(acknowledged, (await journal.ReadAll()).Count);
            File.Delete(ballast);
        }

        // The one that failed, under its id: it is stored once, whether it was before or not.
        Assert.Equal(acknowledged + 2, (await Again(() => journal.Append(append, default).AsTask())).LastPosition.Value);
        Assert.Equal(Enumerable.Range(1, acknowledged + 2).Select(n => (long)n), (await journal.ReadAll()).Select(row => row.Position));
    }

    // What is asked for while there is no connection, and answered once there is.
    private static async Task<T> WhileNoConnectionIsLeft<T>(TroubledServer server, Func<Task<T>> ask)
    {
        Task<T> waiting;
        await using (await server.TakeAllConnections())
        {
            var noticed = server.NextTrouble();
            waiting = ask();
            await noticed.WaitAsync(Patience);
            Assert.False(waiting.IsCompleted, "there was a connection");
        }

        return await waiting.WaitAsync(Patience);
    }

    private static async Task<RelationalJournal> OpenWithOneEvent(TroubledServer server)
    {
        var journal = server.Journal();
        await journal.Open(default);
        await journal.Append(Appends.Of("1"), default);
        return journal;
    }

    private static PreparedAppend Large() => Appends.Of(Appends.NewId(), new PreparedStream
    {
        StreamId = Appends.Stream,
        Expected = ExpectedVersion.Any,
        Events = [Appends.Event(new string('x', 100_000)), Appends.Event("small")],
    });

    // The server hears of it a moment later, and who failed for long enough does not try again by itself.
    private static async Task<T> Again<T>(Func<Task<T>> call)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return await call().WaitAsync(Patience);
            }
            catch (JournalUnavailableException) when (TimeProvider.System.GetElapsedTime(begun) < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }
    }
}
