using Stage = Nagare.Relational.Tests.FakeDatabase.Stage;

namespace Nagare.Relational.Tests;

public class ReturningCallersTests
{
    private const int Callers = 8;
    private const int AppendsEach = 100;
    private static readonly TimeSpan CommitTime = TimeSpan.FromMilliseconds(3);

    // Where each batch is what came during the one before, any two that follow each other hold every caller once: four on average, never more.
    [Fact]
    public async Task Callers_who_append_in_a_loop_are_committed_together_and_not_by_halves()
    {
        var database = new FakeDatabase
        {
            At = stage =>
            {
                if (stage == Stage.BeforeCommit)
                {
                    Thread.Sleep(CommitTime);
                }
            },
        };
        await using var journal = await RetryingFake.Opened(database);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < AppendsEach; i++)
            {
                await journal.Append(Appends.To(new("note", $"{caller}"), ExpectedVersion.Any, $"{i}"), default);
            }
        })));

        Assert.Equal(Callers * AppendsEach, database.Rows.Count);
        var average = (double)(Callers * AppendsEach) / database.CommittedBatches.Count;
        Assert.True(average > 4.5, $"{average:0.0} appends a commit");
        TestContext.Current.TestOutputHelper?.WriteLine($"{average:0.0} appends a commit");
    }
}
