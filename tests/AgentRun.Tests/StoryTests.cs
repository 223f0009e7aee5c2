using Microsoft.Extensions.DependencyInjection;
using Nagare;

namespace AgentRuns.Tests;

/// <summary>The story shows what it promises, and stays short enough to be read.</summary>
public class StoryTests
{
    private const int MaxLines = 110;

    [Fact]
    public async Task The_story_answers_its_four_questions()
    {
        var output = new StringWriter();
        await RunStory.Tell(output, "story.db", JournalInMemory.Open, TestContext.Current.CancellationToken);
        var told = output.ToString();

        // What it knew: the wrong answer, and the thought that came of it.
        Assert.Contains("""stock_level    {"shop":"Riverside","item":"flour","sacks":-214,"sensor":"fw 2.0.0"}""", told, StringComparison.Ordinal);
        Assert.Contains("Riverside is at -214 sacks, so 254 sacks bring it to 40.", told, StringComparison.Ordinal);
        Assert.Contains("toolsCalled.place_order: (absent) → 1", told, StringComparison.Ordinal);

        // What happened, in plain English.
        Assert.Contains("10  Called place_order", told, StringComparison.Ordinal);
        Assert.Contains("16  cancel_order failed", told, StringComparison.Ordinal);

        // Why: back to the user's words.
        Assert.Contains("because of 7 and 8", told, StringComparison.Ordinal);
        Assert.Contains("3  The user said: Top Riverside up to 40 sacks of flour before the weekend.\n       nothing in the journal caused it", told.ReplaceLineEndings("\n"), StringComparison.Ordinal);

        // Where it broke.
        Assert.Contains("first broken in riverside-flour at step 7: stock_level says -214 sacks", told, StringComparison.Ordinal);
        Assert.Contains("first broken in riverside-flour at step 10: ordered for 5461.00 euros, and nobody had said yes", told, StringComparison.Ordinal);
        Assert.Contains("runs show riverside-flour --db story.db", told, StringComparison.Ordinal);
        Assert.InRange(told.Split('\n').Length, 50, MaxLines);
    }

    [Fact]
    public async Task The_headline_is_told_before_the_journal_is_opened()
    {
        var output = new StringWriter();
        var toldBefore = "";
        await RunStory.Tell(
            output,
            "story.db",
            () =>
            {
                toldBefore = output.ToString();
                return JournalInMemory.Open();
            },
            TestContext.Current.CancellationToken);
        Assert.Equal("An agent buys flour and sugar for a few bakeries. Five of its runs are recorded in story.db.\n", toldBefore.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Every_step_of_the_story_is_tied_to_what_led_to_it()
    {
        await using var services = JournalInMemory.Open();
        await new BakeryRuns(services.GetRequiredService<IAggregateRepository<AgentRun>>()).Record(TestContext.Current.CancellationToken);
        var roots = 0;
        await foreach (var envelope in services.GetRequiredService<IJournal>().Read(JournalScope.Everything, TestContext.Current.CancellationToken))
        {
            Assert.Equal(envelope.StreamId.ToString(), envelope.Metadata.CorrelationId);
            roots += envelope.Metadata.CausationId is null ? 1 : 0;
        }

        // The start and the user's first words of each of the five runs.
        Assert.Equal(10, roots);
    }
}
