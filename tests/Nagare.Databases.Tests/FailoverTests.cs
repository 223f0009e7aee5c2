using Nagare.Storage;
using Nagare.Torture;
using Npgsql;

namespace Nagare.Databases.Tests;

/// <summary>A PostgreSQL server dies under its writers, and its standby takes over: a journal that knows both hosts goes on.</summary>
public class FailoverTests
{
    private const int Writers = 8;
    private const int AppendsBefore = 200;
    private const int AppendsAfter = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

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
        await standby.Promote();
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
    private static async Task IsRefusedWhileNobodyHasTakenOver(PostgreSqlJournal journal, string refusal)
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
    private static async Task Store(PostgreSqlJournal journal, PreparedAppend append)
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
