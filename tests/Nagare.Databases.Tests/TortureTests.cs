using Nagare.Torture;

namespace Nagare.Databases.Tests;

/// <summary>Short runs of what eng/torture does for longer, on every database that is there; and the saboteurs, which each of them has to notice.</summary>
public class TortureTests
{
    // Zero failures in so many cycles bound the failure rate below 3 in their number (95 %); eng/nightly runs many more.
    private const int Kills = 6;
    private const int ServerCrashes = 2;
    private const int NetworkFaults = 12;

    // Most of a cycle is the start of a process and the check; shorter lives keep the whole of it short.
    private const int MaxLines = 250;

    private const int AcknowledgedOfEach = 150;

    private const int ChancesToCatch = 10;

    // Where a server stores some thirty a second, two seconds are hardly a feed.
    private const int AppendsOfAFeed = 400;

    private static readonly TimeSpan FeedDuration = TimeSpan.FromSeconds(2);

    public static TheoryData<string> Databases => [.. AllDatabases.Names];

    public static TheoryData<string> Servers => [.. AllDatabases.Servers];

    // Nobody here can start SQL Server, so nobody can kill one.
    public static TheoryData<string> ServersToKill => [.. AllDatabases.Servers.Where(name => name != "sqlserver")];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Killed_in_the_middle_of_its_work_a_journal_loses_nothing_acknowledged_and_stores_nothing_twice(string database)
    {
        var report = await KillRun.Run(AllDatabases.There(database), Kills, Seed(), maxLines: MaxLines, progress: _ => TestContext.Current.CancellationToken.ThrowIfCancellationRequested());
        IsClean(report);
        Assert.Equal(Kills, report.Cycles);
        Assert.True(report.Acknowledged > 0 && report.Unknown > 0, $"The kills struck nothing: {report}");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_journal_that_acknowledges_before_its_commit_is_caught(string database)
    {
        await IsCaught(seed => KillRun.Run(AllDatabases.There(database), cycles: 3, seed, acknowledgesEarly: true, maxLines: MaxLines), report => report.Lost > 0);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Two_processes_write_one_journal_at_once_and_a_third_reads_what_both_acknowledged(string database)
    {
        var shared = await SharedRun.Run(AllDatabases.There(database), processes: 2, AcknowledgedOfEach, Random.Shared.Next(1_000_000));
        IsClean(shared.Report);
        Assert.True(shared.IsInterleaved, "One process wrote only after the other one had ended.");
    }

    [Fact]
    public async Task A_server_that_nobody_here_can_start_is_none_to_kill() => Assert.Null(await DatabaseServer.Start("sqlserver"));

    [Theory]
    [MemberData(nameof(ServersToKill))]
    public async Task A_server_killed_under_its_writers_loses_nothing_acknowledged_and_stores_nothing_twice(string database)
    {
        // The run starts a server of its own; that one is here says that this machine can.
        var report = await ServerRun.Run(AllDatabases.There(database), ServerCrashes, Seed(), progress: _ => TestContext.Current.CancellationToken.ThrowIfCancellationRequested());
        Assert.SkipWhen(report is null, $"{database}: this machine has no such server to kill");
        IsClean(report);
        Assert.Equal(ServerCrashes, report.Cycles);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_network_that_loses_and_delays_makes_nobody_believe_what_is_not_so(string database)
    {
        var report = await ProxyRun.Run(AllDatabases.There(database), NetworkFaults, Seed());
        IsClean(report);
        Assert.True(report.Cycles >= NetworkFaults, report.ToString());
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_writer_that_asks_again_under_another_id_is_caught(string database)
    {
        await IsCaught(seed => ProxyRun.Run(AllDatabases.There(database), NetworkFaults, seed, retriesBlindly: true), report => report.Doubled > 0);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Whoever_follows_the_feed_under_32_writers_misses_nothing_and_sees_nothing_twice_or_out_of_order(string database)
    {
        var report = await FeedRun.Run(AllDatabases.There(database), FeedDuration, Seed(), atLeast: AppendsOfAFeed);
        TestContext.Current.TestOutputHelper?.WriteLine(report.ToString());
        Assert.True(report.IsClean, report.ToString());
        Assert.True(report.Acknowledged > 0, report.ToString());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_feed_whose_positions_no_lock_guards_is_caught(string database)
    {
        await IsCaught(seed => FeedRun.Run(AllDatabases.There(database), FeedDuration, seed, takesPositionsUnlocked: true, AppendsOfAFeed), report => report.Missed > 0);
    }

    /// <summary>A saboteur is up to the machine: a short run may pass without the moment in which he strikes, many do not.</summary>
    private static async Task IsCaught<T>(Func<int, Task<T>> run, Func<T, bool> isCaught)
        where T : notnull
    {
        var reports = new List<T>();
        for (var seed = 1; seed <= ChancesToCatch; seed++)
        {
            var report = await run(seed);
            TestContext.Current.TestOutputHelper?.WriteLine($"{report}");
            if (isCaught(report))
            {
                return;
            }

            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            reports.Add(report);
        }

        Assert.Fail($"Not caught in {ChancesToCatch} runs:\n{string.Join('\n', reports)}");
    }

    private static int Seed() => Random.Shared.Next(1_000_000);

    private static void IsClean(TortureReport report)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(report.ToString());
        Assert.True(report.IsClean, report.ToString());
    }
}
