using System.Globalization;
using Nagare.Tests.Forensics;

namespace Nagare.Tests.Bisect;

public class BisectTests
{
    [Fact]
    public async Task A_result_says_what_broke_where_why_and_until_when_it_was_good()
    {
        var fixture = new BisectFixture();
        fixture.Spend("a", 1);
        var good = fixture.Spend("a", 2);
        fixture.Spend("b", 1);
        var bad = fixture.Spend("a", 3);
        fixture.Spend("a", 4);

        var found = await fixture.Bisect.Find(BisectFixture.CostAtMost(5), JournalScope.Everything, BisectMode.FirstViolation);

        Assert.Equal(bad, found.First?.Event);
        Assert.Equal("cost 6.00", found.First?.Message);
        Assert.Equal(new Explanation("Spent 3.00", "at v3"), found.First?.Explanation);
        Assert.Equal(good, found.LastGood);
        Assert.Equal("cost-at-most-5", found.Rule.Name);
        Assert.Contains("Rule = cost-at-most-5,", found.ToString(), StringComparison.Ordinal);
        Assert.Equal(4, found.Probes);
        Assert.Equal(BisectMode.FirstViolation, found.ModeUsed);
        Assert.Equal(BisectCertainty.Proven, found.Certainty);
    }

    [Fact]
    public async Task A_rule_that_holds_has_been_asked_at_every_event()
    {
        var fixture = new BisectFixture();
        fixture.Spend("a", 1);
        fixture.Spend("b", 2);

        var found = await fixture.Bisect.Find(BisectFixture.CostAtMost(5), JournalScope.Everything);

        Assert.Null(found.First);
        Assert.Null(found.LastGood);
        Assert.Equal(2, found.Probes);
    }

    [Fact]
    public async Task A_rule_that_recovers_is_caught_at_its_first_break()
    {
        var fixture = new BisectFixture();
        fixture.Spend("a", 9);
        fixture.Spend("a", -9);
        for (var i = 0; i < 100; i++)
        {
            fixture.Spend("a", 0);
        }

        fixture.Spend("a", 9);

        Assert.Equal(1, (await fixture.Bisect.Find(BisectFixture.CostAtMost(5), JournalScope.Everything)).First?.Event.Version.Value);
    }

    [Fact]
    public async Task Nothing_is_read_past_the_last_first_break()
    {
        var fixture = new BisectFixture();
        for (var i = 0; i < 100; i++)
        {
            fixture.Spend("a", 1);
        }

        await fixture.Bisect.FindEach([BisectFixture.CostAtMost(5), BisectFixture.CostAtMost(2)], JournalScope.Everything);

        Assert.Equal(6, fixture.Journal.EventsDelivered);
    }

    [Fact]
    public async Task Several_rules_take_one_pass()
    {
        var fixture = new BisectFixture();
        for (var i = 0; i < 50; i++)
        {
            fixture.Spend($"e-{i % 5}", 1);
        }

        var found = await fixture.Bisect.FindEach([BisectFixture.CostAtMost(100), BisectFixture.CostAtMost(200), BisectFixture.QuickTools()], JournalScope.Everything);

        Assert.All(found, result => Assert.Null(result.First));
        Assert.Equal(50, fixture.Journal.EventsDelivered);
    }

    [Fact]
    public async Task No_rules_read_nothing()
    {
        var fixture = new BisectFixture();
        fixture.Spend("a", 1);

        Assert.Empty(await fixture.Bisect.FindEach([], JournalScope.Everything));
        Assert.Equal(0, fixture.Journal.EventsDelivered);
    }

    [Fact]
    public async Task A_scope_that_begins_in_the_middle_of_a_stream_sees_the_state_from_its_beginning()
    {
        var fixture = new BisectFixture();
        fixture.Spend("a", 4);
        fixture.Spend("a", 1);
        var bad = fixture.Spend("a", 1);

        var found = await fixture.Bisect.Find(BisectFixture.CostAtMost(5), new JournalScope { After = 2 });

        Assert.Equal(bad, found.First?.Event);
        Assert.Null(found.LastGood);
    }

    [Fact]
    public async Task Events_that_arrive_while_a_search_runs_do_not_keep_it_going()
    {
        var fixture = new BisectFixture();
        fixture.Spend("a", 1);
        var rule = BisectFixture.Rule(ctx =>
        {
            fixture.Spend("a", 1);
            return new(InvariantResult.Holds);
        });

        var found = await fixture.Bisect.Find(rule, new JournalScope { Until = 1_000 });

        Assert.Equal(1, found.Probes);
    }

    [Fact]
    public async Task A_break_found_in_occurred_order_is_the_first_that_happened()
    {
        var fixture = new BisectFixture();
        fixture.Journal.Add(Errand.Stream("late"), new ErrandEvent.ToolFailed("search", 5_000), At(20));
        fixture.Journal.Add(Errand.Stream("early"), new ErrandEvent.Asked("x"), At(5));
        fixture.Journal.Add(Errand.Stream("early"), new ErrandEvent.ToolFailed("search", 4_000), At(10));

        var found = await fixture.Bisect.Find(BisectFixture.QuickTools(), new JournalScope { From = RecordedJournal.Start, Time = TimeBasis.Occurred });

        Assert.Equal("4000 ms", found.First?.Message);
        Assert.Equal(1, found.LastGood?.Version.Value);

        static EventMetadata At(int seconds) => new() { OccurredAt = RecordedJournal.Start.AddSeconds(seconds) };
    }

    [Fact]
    public async Task Rules_read_the_same_in_every_country()
    {
        using var germany = new GermanCulture();
        var fixture = new BisectFixture();
        fixture.Spend("a", 1234.5m);
        var rule = BisectFixture.Rule(async ctx =>
        {
            var errand = await ctx.Load<Errand>(ctx.StreamId);
            await Task.Yield();
            return InvariantResult.Fails($"{errand.Usd:#,0.00}");
        });

        Assert.Equal("1,234.50", (await fixture.Bisect.Find(rule, new JournalScope { After = 0 })).First?.Message);
        Assert.Equal("de-DE", CultureInfo.CurrentCulture.Name);
    }

    [Fact]
    public async Task A_rule_that_throws_is_named_with_the_event()
    {
        var fixture = new BisectFixture();
        fixture.Spend("a", 1);
        var at = fixture.Spend("a", 1);
        var rule = BisectFixture.Rule(ctx => ctx.Latest.Version == 2 ? throw new FormatException("bad digit") : new(InvariantResult.Holds), "parses");

        var error = await Assert.ThrowsAsync<InvariantEvaluationException>(async () => await fixture.Bisect.Find(rule, JournalScope.Everything));

        Assert.Equal("parses", error.Rule);
        Assert.Same(at, error.At);
        Assert.IsType<FormatException>(error.InnerException);
        Assert.StartsWith("The invariant 'parses' could not be evaluated at position 2: errand/a v2 spent: System.FormatException: bad digit", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_fails_is_not_blamed_on_the_rule()
    {
        var fixture = new BisectFixture();
        fixture.Spend("a", 1);
        var rule = BisectFixture.Rule(_ => throw new JournalUnavailableException("gone"));

        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await fixture.Bisect.Find(rule, JournalScope.Everything));
    }

    [Fact]
    public async Task A_rule_that_gives_up_waiting_is_not_taken_for_a_cancelled_search()
    {
        var fixture = new BisectFixture();
        fixture.Spend("a", 1);
        var rule = BisectFixture.Rule(_ => throw new OperationCanceledException("the rule's own time-out"));

        await Assert.ThrowsAsync<InvariantEvaluationException>(async () => await fixture.Bisect.Find(rule, JournalScope.Everything));
    }

    [Fact]
    public async Task A_cancelled_search_ends_at_once()
    {
        using var stop = new CancellationTokenSource();
        var fixture = new BisectFixture();
        for (var i = 0; i < 10; i++)
        {
            fixture.Spend("a", 1);
        }

        var rule = BisectFixture.Rule(ctx =>
        {
            if (ctx.Latest.Version == 3)
            {
                stop.Cancel();
            }

            return new(InvariantResult.Holds);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await fixture.Bisect.Find(rule, JournalScope.Everything, stop.Token));
        Assert.Equal(4, fixture.Journal.EventsDelivered);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await fixture.Bisect.FindInEachStream(rule, JournalScope.Everything, stop.Token).ToListAsync());
    }

    [Fact]
    public async Task Progress_counts_events_read_and_ends_with_all_of_them()
    {
        var fixture = new BisectFixture();
        for (var i = 0; i < 2 * BisectPass.ProgressIntervalEvents + 5; i++)
        {
            fixture.Journal.Add(Errand.Stream("a"), new ErrandEvent.Asked("x"));
        }

        var reports = new Reports();
        await fixture.Bisect.FindEach([BisectFixture.QuickTools()], JournalScope.Everything, reports);

        Assert.Equal([1_000, 2_000, 2_005], reports.Counts);
    }

    [Fact]
    public async Task A_rule_gets_what_is_injected_into_it()
    {
        var fixture = new BisectFixture();
        fixture.Spend("a", 1);
        InvariantRule rule = InvariantRule.Of(services => BisectFixture.Rule(_ => new(InvariantResult.Fails((string)services.GetService(typeof(string))!))).Resolve(services));

        Assert.Equal("injected", (await fixture.Bisect.Find(rule, JournalScope.Everything)).First?.Message);
    }

    [Fact]
    public async Task A_mode_that_does_not_exist_is_refused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await new BisectFixture().Bisect.Find(BisectFixture.QuickTools(), JournalScope.Everything, (BisectMode)7));

    private sealed class Reports : IProgress<long>
    {
        public List<long> Counts { get; } = [];

        public void Report(long value) => Counts.Add(value);
    }
}
