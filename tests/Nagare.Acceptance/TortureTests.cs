using Nagare.Torture;

namespace Nagare.Acceptance;

public class TortureTests
{
    // eng/torture runs more; zero failures in 20 cycles bound the failure rate below 15 % (95 %).
    private const int Cycles = 20;

    // Most of a cycle is the start of a process and the check; shorter lives keep the whole of it below 30 s on a quiet machine.
    private const int MaxLines = 250;

    private const int AcknowledgedOfEach = 150;

    [Fact]
    public async Task Killed_in_the_middle_of_its_work_a_journal_loses_nothing_acknowledged_and_stores_nothing_twice()
    {
        var report = await KillRun.Run(Cycles, Random.Shared.Next(), maxLines: MaxLines, progress: report => TestContext.Current.CancellationToken.ThrowIfCancellationRequested());
        TestContext.Current.TestOutputHelper?.WriteLine(report.ToString());
        Assert.True(report.IsClean, report.ToString());
        Assert.Equal(Cycles, report.Cycles);
        Assert.True(report.Acknowledged > 0 && report.Unknown > 0, $"The kills struck nothing: {report}");
    }

    [Fact]
    public async Task A_journal_that_acknowledges_before_its_commit_is_caught()
    {
        var report = await KillRun.Run(cycles: 3, seed: 1, acknowledgesEarly: true, maxLines: MaxLines);
        Assert.True(report.Lost > 0, report.ToString());
    }

    [Fact]
    public async Task Two_processes_write_one_file_at_once_and_a_third_reads_what_both_acknowledged()
    {
        var shared = await SharedRun.Run(processes: 2, AcknowledgedOfEach, Random.Shared.Next(1_000_000));
        TestContext.Current.TestOutputHelper?.WriteLine(shared.Report.ToString());
        Assert.True(shared.Report.IsClean, shared.Report.ToString());
        Assert.True(shared.IsInterleaved, "One process wrote only after the other one had ended.");
    }
}
