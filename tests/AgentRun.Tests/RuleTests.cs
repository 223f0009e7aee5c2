using Microsoft.Extensions.DependencyInjection;
using Nagare;
using static AgentRuns.AgentRunEvent;
using static AgentRuns.AgentRunsModel;

namespace AgentRuns.Tests;

/// <summary>Each rule breaks at the step that breaks it, and at no other.</summary>
public class RuleTests
{
    private static readonly Instructed Policy = new("# Airline Agent Policy\n\nThe current time is 2024-05-15 15:00:00 EST.");
    private static readonly ToolReturned Shown = new("1", "get_reservation_details", """{"reservation_id":"ABC123","cabin":"basic_economy","flights":[{"flight_number":"HAT001","date":"2024-05-20"}]}""");
    private static readonly Started Coding = new(RunFormat.MiniSwe, "django__django-1");

    [Theory]
    [InlineData("I'd like to cancel ABC123.", false)]
    [InlineData("What would that cost?", false)]
    [InlineData("Yes, please.", true)]
    [InlineData("Please go ahead.", true)]
    [InlineData("Sounds good!", true)]
    public async Task A_booking_is_cancelled_only_when_the_user_has_agreed(string words, bool holds) =>
        Assert.Equal(holds ? null : 4, await FirstBreak(Invariants.AsksFirst, Policy, Shown, new UserSaid(words), Call("cancel_reservation", """{"reservation_id":"ABC123"}""")));

    [Fact]
    public async Task An_earlier_yes_counts_no_more_when_the_user_has_spoken_again() =>
        Assert.Equal(4, await FirstBreak(Invariants.AsksFirst, Policy, new UserSaid("yes"), new UserSaid("Wait."), Call("book_reservation", "{}")));

    [Fact]
    public async Task Looking_up_needs_no_agreement() =>
        Assert.Null(await FirstBreak(Invariants.AsksFirst, Policy, new UserSaid("Hello."), Call("get_reservation_details", "{}")));

    [Fact]
    public async Task Runs_without_the_airlines_policy_are_no_business_of_its_rules() =>
        Assert.Null(await FirstBreak(Invariants.AsksFirst, new Instructed("Be kind."), new UserSaid("Hello."), Call("cancel_reservation", "{}")));

    [Fact]
    public async Task Answering_and_calling_in_one_turn_breaks_the_policy()
    {
        Assert.Equal(2, await FirstBreak(Invariants.OneThingAtATime, Policy, new ModelReplied("One moment.", Calls: 1)));
        Assert.Equal(2, await FirstBreak(Invariants.OneThingAtATime, Policy, new ModelReplied(null, Calls: 2)));
        Assert.Null(await FirstBreak(Invariants.OneThingAtATime, Policy, new ModelReplied(null, Calls: 1), new ModelReplied("Done.")));
    }

    [Fact]
    public async Task A_reservation_is_changed_only_after_a_tool_has_shown_it()
    {
        var change = Call("update_reservation_baggages", """{"reservation_id":"ABC123"}""");
        Assert.Equal(2, await FirstBreak(Invariants.LooksBeforeChanging, Policy, change));
        Assert.Null(await FirstBreak(Invariants.LooksBeforeChanging, Policy, Shown, change));
        Assert.Equal(2, await FirstBreak(Invariants.LooksBeforeChanging, Policy, Call("cancel_reservation", "not JSON")));
    }

    [Theory]
    [InlineData("HAT001", "economy", true)]
    [InlineData("HAT002", "economy", false)]
    [InlineData("HAT002", "basic_economy", false)]
    public async Task A_basic_economy_reservation_may_change_its_cabin_but_not_its_flights(string flight, string cabin, bool holds)
    {
        var change = Call("update_reservation_flights", $$"""{"reservation_id":"ABC123","cabin":"{{cabin}}","flights":[{"flight_number":"{{flight}}","date":"2024-05-20"}]}""");
        Assert.Equal(holds ? null : 3, await FirstBreak(Invariants.KeepsBasicEconomy, Policy, Shown, change));
    }

    [Theory]
    [InlineData("""{"passengers":[1,2,3,4,5],"payment_methods":[{"payment_id":"certificate_1"},{"payment_id":"gift_card_1"},{"payment_id":"gift_card_2"},{"payment_id":"gift_card_3"},{"payment_id":"credit_card_1"}]}""", true)]
    [InlineData("""{"passengers":[1,2,3,4,5,6]}""", false)]
    [InlineData("""{"payment_methods":[{"payment_id":"certificate_1"},{"payment_id":"certificate_2"}]}""", false)]
    [InlineData("""{"payment_methods":[{"payment_id":"credit_card_1"},{"payment_id":"credit_card_2"}]}""", false)]
    [InlineData("""{"payment_methods":[{"payment_id":"gift_card_1"},{"payment_id":"gift_card_2"},{"payment_id":"gift_card_3"},{"payment_id":"gift_card_4"}]}""", false)]
    public async Task A_booking_keeps_to_the_limits_of_the_policy(string arguments, bool holds) =>
        Assert.Equal(holds ? null : 2, await FirstBreak(Invariants.BookingLimits, Policy, Call("book_reservation", arguments)));

    [Fact]
    public async Task After_a_transfer_nothing_follows()
    {
        var transferred = new ToolReturned("1", "transfer_to_human_agents", "Transfer successful");
        Assert.Equal(3, await FirstBreak(Invariants.EndsWithTheTransfer, Policy, transferred, new ModelReplied("Anything else?")));
        Assert.Null(await FirstBreak(Invariants.EndsWithTheTransfer, Policy, transferred, new Ended("transferred to a human")));
    }

    [Fact]
    public async Task The_same_command_fails_only_once()
    {
        var (call, failed) = (Command("pytest"), new ToolFailed("1", "bash", "return code 1", ""));
        Assert.Equal(5, await FirstBreak(Invariants.NoSameFailureTwice, Coding, call, failed, call, failed));
        Assert.Null(await FirstBreak(Invariants.NoSameFailureTwice, Coding, call, failed, Command("pytest -x"), failed));
        Assert.Null(await FirstBreak(Invariants.NoSameFailureTwice, Coding, call, failed, Command("ls"), new ToolReturned("1", "bash", ""), call, failed));
    }

    [Theory]
    [InlineData("sed -i 's/a/b/' x.py", "git diff", 4)]
    [InlineData("sed -i 's/a/b/' x.py", "python reproduce.py", null)]
    [InlineData("cat > try.py << 'EOF'\nprint(1)\nEOF\npython try.py", "git diff", null)]
    [InlineData("python - << 'EOF'\nopen('x.py', 'w').write('')\nEOF", "git diff", 4)]
    [InlineData("ls", "git diff > patch.txt", null)]
    public async Task Work_is_run_before_it_is_handed_in(string first, string second, int? broken) =>
        Assert.Equal(broken, await FirstBreak(Invariants.RunsWhatItEdits, Coding, Command(first), Command(second), new Ended("Submitted")));

    [Theory]
    [InlineData("python reproduce.py", 4)]
    [InlineData("python -m pytest tests", null)]
    [InlineData("./runtests.py admin", null)]
    public async Task Only_a_test_runner_tests(string command, int? broken) =>
        Assert.Equal(broken, await FirstBreak(Invariants.RunsTheTests, Coding, Command("sed -i 's/a/b/' x.py"), Command(command), new Ended("Submitted")));

    [Fact]
    public async Task A_run_that_gives_up_need_not_have_tested() =>
        Assert.Null(await FirstBreak(Invariants.RunsTheTests, Coding, Command("sed -i 's/a/b/' x.py"), new Ended("LimitsExceeded")));

    [Fact]
    public async Task Another_backend_within_a_run_is_noticed_and_may_go_again()
    {
        ModelReplied By(string? fingerprint) => new("x", Fingerprint: fingerprint);
        Assert.Equal(3, await FirstBreak(Invariants.OneBackend, By("fp_1"), By(null), By("fp_2"), By("fp_1")));
        Assert.Null(await FirstBreak(Invariants.OneBackend, By("fp_1"), By(null), By("fp_1")));
    }

    [Fact]
    public async Task Costs_add_up_and_unknown_ones_add_nothing()
    {
        ModelReplied For(decimal? usd) => new("x", CostUsd: usd);
        Assert.Equal(4, await FirstBreak(Invariants.CostsUnder15Cents, For(0.10m), For(null), For(0.05m), For(0.001m)));
        Assert.Null(await FirstBreak(Invariants.CostsUnder15Cents, For(0.10m), For(null), For(0.05m)));
    }

    [Fact]
    public async Task A_big_order_needs_a_yes_and_a_small_one_does_not()
    {
        static ToolCalled Order(int sacks) => Call("place_order", $$"""{"sacks":{{sacks}},"unit_price_eur":21.50}""");
        Assert.Equal(2, await FirstBreak(Invariants.BigOrdersAreAskedFor, new UserSaid("Top it up."), Order(24)));
        Assert.Null(await FirstBreak(Invariants.BigOrdersAreAskedFor, new UserSaid("Top it up."), Order(23)));
        Assert.Null(await FirstBreak(Invariants.BigOrdersAreAskedFor, new UserSaid("Yes."), Order(240)));
    }

    [Fact]
    public async Task Less_than_nothing_on_the_shelf_is_noticed_at_once()
    {
        Assert.Equal(1, await FirstBreak(Invariants.StockIsNotNegative, new ToolReturned("1", "stock_level", """{"sacks":-1}""")));
        Assert.Null(await FirstBreak(Invariants.StockIsNotNegative, new ToolReturned("1", "stock_level", """{"sacks":0}"""), new ToolReturned("1", "stock_level", "out of order"), new ToolReturned("1", "scale", """{"sacks":-1}""")));
    }

    private static ToolCalled Call(string tool, string arguments) => new("1", tool, arguments);

    private static ToolCalled Command(string command) => new("1", "bash", "{}", command);

    /// <summary>The version at which a run first breaks the rule, or null.</summary>
    private static async Task<long?> FirstBreak(InvariantRule rule, params AgentRunEvent[] run)
    {
        await using var services = JournalInMemory.Open();
        var stream = new StreamId("agent-run", "test");
        await services.GetRequiredService<IJournal>().Append(stream, ExpectedVersion.NoStream, run, TestContext.Current.CancellationToken);
        var result = await services.GetRequiredService<IBisect>().Find(rule, JournalScope.Of(stream), TestContext.Current.CancellationToken);
        return result.First?.Event.Version.Value;
    }
}
