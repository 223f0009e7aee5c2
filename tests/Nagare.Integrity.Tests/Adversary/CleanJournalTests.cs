namespace Nagare.Integrity.Tests;

/// <summary>Whoever did nothing is accused of nothing.</summary>
public class CleanJournalTests
{
    private const int Journals = 10_000;

    [Fact]
    public async Task None_of_10_000_random_journals_is_accused()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var random = new Random(20260301);
        for (var i = 0; i < Journals; i++)
        {
            var storage = new OpenStorage();
            // Most are small; some cross the borders of rows.
            var events = random.Next(10) == 0 ? 230 + random.Next(60) : random.Next(12);
            await storage.Fill(events, i);
            var integrity = Keys.IntegrityOf(storage);
            if (random.Next(3) == 0)
            {
                await integrity.Build(cancellation);
            }

            var checkpoint = await integrity.Checkpoint(cancellation);
            await storage.Fill(random.Next(4), i + 1);
            if (random.Next(4) == 0)
            {
                storage.Tree.Clear();
            }

            var report = await integrity.Verify(JournalScope.Everything, checkpoint, cancellation);
            Assert.True(report.IsIntact, $"journal {i} of {events} events: {string.Join("; ", report.Findings)}");
            Assert.Equal((storage.Head.Position, events), (report.Checked, report.CoveredUpTo.Value));
        }
    }
}
