using Nagare.Storage;

namespace Nagare.Relational.Tests;

/// <summary>Whether the head is where the last event is, asked while appends go on.</summary>
public class EventExaminationTests
{
    [Theory]
    [InlineData(7, 7, false)]
    [InlineData(5, 9, false)]
    [InlineData(8, 8, true)]
    [InlineData(5, 6, true)]
    public async Task A_head_that_moves_while_it_is_asked_for_is_not_a_finding(long before, long after, bool isFinding)
    {
        const long Last = 7;
        var reads = 0;
        var examination = new EventExamination("here", (sql, _) => new(sql.Contains("stream_id", StringComparison.Ordinal) ? [] : [[Last, Last, Last]]), TimeProvider.System);
        var findings = await examination.Run(_ => new(reads++ == 0 ? before : after), isFull: false, TestContext.Current.CancellationToken);
        Assert.Equal(isFinding, findings.Any(finding => finding.Code == "events.head"));
    }
}
