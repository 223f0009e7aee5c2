using MySqlConnector;
using Nagare.Storage;
using Nagare.Torture;
using Npgsql;

namespace Nagare.Databases.Tests;

/// <summary>A server dies under its writers, and one that followed it takes over: a journal that was open all the time goes on.</summary>
public class FailoverTests
{
    private const int Writers = 8;
    private const int AppendsBefore = 200;
    private const int AppendsAfter = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static TheoryData<string> ServersOfMySql => ServerTroubleTests.ServersOfMySql;

    [Theory]
    [InlineData("", "suitable host")]
    [InlineData(";Target Session Attributes=any", "takes no writes")]
    public async Task A_standby_that_takes_over_has_everything_that_was_acknowledged_once(string settings, string refusal)
    {
        var backend = AllDatabases.There("postgres");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a standby: its server is started as eng/databases starts one on Linux");
        await using var primary = await DatabaseServer.Start("postgres");
        Assert.SkipWhen(primary is null, $"{backend.Title}: this machine has no such server to harm");
        var options = new PostgreSqlJournalOptions { SchemaName = "journal" };
        options.ConnectionString = primary!.ConnectionString;
        await using (var owner = new PostgreSqlJournal(options))
        {
            await owner.CreateSchema(default);
        }

        await using var standby = await PostgreSqlStandby.Follow(primary);
        var hosts = new[] { primary.ConnectionString, standby.ConnectionString }.Select(text => new NpgsqlConnectionStringBuilder(text)).Select(host => $"{host.Host}:{host.Port}");
        options.ConnectionString = new NpgsqlConnectionStringBuilder(primary.ConnectionString) { Host = string.Join(',', hosts) }.ConnectionString + settings;
        await using var journal = new PostgreSqlJournal(options);
        await journal.Open(default);
        await LoseUnderWriters(journal, primary, refusal, standby.Promote);
    }

    // The address that clients know leads to the primary, and then to the replica: these servers' clients know hosts, but one port.
    [Theory]
    [MemberData(nameof(ServersOfMySql))]
    public async Task A_replica_that_takes_over_has_everything_that_was_acknowledged_once(string database)
    {
        var backend = AllDatabases.There(database);
        await using var primary = await DatabaseServer.Start(database, arguments: MySqlReplica.PrimaryArguments(database));
        Assert.SkipWhen(primary is null, $"{backend.Title}: this machine has no such server to harm");
        await using var replica = await MySqlReplica.Follow(database, primary!);
        var options = new MySqlJournalOptions { ConnectionString = primary!.ConnectionString, DatabaseName = "journal" };
        await using (var owner = new MySqlJournal(options))
        {
            await owner.CreateSchema(default);
            // Who owns everything may write where nobody else may.
            await using var connection = await backend.Connect(primary.ConnectionString);
            await using var command = connection.CreateCommand();
            command.CommandText = $"create user 'application'@'127.0.0.1' identified by 'app'; {owner.GrantScript("application", "127.0.0.1")}";
            await command.ExecuteNonQueryAsync();
        }

        await using var address = FaultProxy.To("127.0.0.1", Port(primary.ConnectionString));
        options.ConnectionString = new MySqlConnectionStringBuilder(primary.ConnectionString) { Port = (uint)address.Port, UserID = "application", Password = "app" }.ConnectionString;
        options.Schema = JournalSchemaHandling.CheckOnly;
        await using var journal = new MySqlJournal(options);
        await journal.Open(default);
        await LoseUnderWriters(journal, primary, "Check that the server runs", async () =>
        {
            address.MoveTo("127.0.0.1", Port(replica.ConnectionString));
            await IsRefusedWhileNobodyHasTakenOver(journal, "takes no writes");
            await replica.Promote();
        });

        static int Port(string connectionString) => (int)new MySqlConnectionStringBuilder(connectionString).Port;
    }

    private static async Task LoseUnderWriters(RelationalJournal journal, DatabaseServer primary, string refusal, Func<Task> takeOver)
    {
        var acknowledged = 0;
        var isOver = false;
        using var progress = new SemaphoreSlim(0);
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            while (!Volatile.Read(ref isOver))
            {
                var append = Appends.Of(Appends.NewId(), new PreparedStream { StreamId = new("note", $"w-{writer}"), Expected = ExpectedVersion.Any, Events = [Appends.Event("x"), Appends.Event("y")] });
                await Store(journal, append);
                Interlocked.Increment(ref acknowledged);
                progress.Release();
            }
        }));
        await Wait(progress, AppendsBefore);
        primary.Lose();
        await IsRefusedWhileNobodyHasTakenOver(journal, refusal);
        await takeOver();
        while (progress.Wait(0))
        {
        }

        await Wait(progress, AppendsAfter);
        Volatile.Write(ref isOver, true);
        await writing.WaitAsync(Patience);

        var rows = await journal.ReadAll();
        TestContext.Current.TestOutputHelper?.WriteLine($"{acknowledged} appends of two events acknowledged, {rows.Count} events stored");
        Assert.Equal(Enumerable.Range(1, acknowledged * 2).Select(n => (long)n), rows.Select(row => row.Position));
        Assert.Equal(rows.Count, rows.Select(row => row.EventId).Distinct().Count());
    }

    // The first to find its connection gone may not be told what became of it.
    private static async Task IsRefusedWhileNobodyHasTakenOver(RelationalJournal journal, string refusal)
    {
        var append = Appends.Of(Appends.NewId(), new PreparedStream { StreamId = new("note", "refused"), Expected = ExpectedVersion.Any, Events = [Appends.Event("z")] });
        var failure = await Record.ExceptionAsync(() => journal.Append(append, default).AsTask().WaitAsync(Patience));
        if (failure is AppendOutcomeUnknownException)
        {
            failure = await Record.ExceptionAsync(() => journal.Append(append, default).AsTask().WaitAsync(Patience));
        }

        var refused = Assert.IsType<JournalUnavailableException>(failure);
        Assert.Contains(refusal, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was stored", refused.Message, StringComparison.Ordinal);
    }

    // Asked again under its id until somebody knows.
    private static async Task Store(RelationalJournal journal, PreparedAppend append)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await journal.Append(append, default).AsTask().WaitAsync(Patience);
                return;
            }
            catch (JournalException failure) when (failure is JournalUnavailableException or AppendOutcomeUnknownException)
            {
                Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, failure.Message);
            }
        }
    }

    private static async Task Wait(SemaphoreSlim progress, int appends)
    {
        for (var i = 0; i < appends; i++)
        {
            Assert.True(await progress.WaitAsync(Patience), "nothing is stored any more");
        }
    }
}
