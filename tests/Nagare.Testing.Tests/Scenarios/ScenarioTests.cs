namespace Nagare.Testing;

public sealed class ScenarioTests
{
    private static readonly RunEvent.Called Searched = new("search", "{}");
    private static readonly RunEvent.Failed Failed = new("search", "404");

    [Fact]
    public void The_same_failing_call_is_refused() => Scenario.For<Run>()
        .Given(Searched, Failed)
        .When(new Call("search", "{}"))
        .ThenRejected("same-call");

    [Fact]
    public void Another_call_is_made() => Scenario.For<Run>()
        .Given(Searched, Failed)
        .When(new Call("search", "{\"more\":true}"))
        .Then(new RunEvent.Called("search", "{\"more\":true}"))
        .ThenState(run => run.Calls.Count == 2 && !run.LastFailed);

    [Fact]
    public void A_decision_knows_its_stream_and_version() => Scenario.For<Run>("r-1")
        .Given(Searched)
        .When(new Abort("enough"))
        .Then(new RunEvent.Called("clean-up", "r-1 v1"), new RunEvent.Aborted("enough"));

    [Fact]
    public void What_one_command_decided_has_happened_for_the_next() => Scenario.For<Run>()
        .When(new Abort("enough"))
        .When(new Abort("again"))
        .ThenNothing()
        .ThenState(run => Assert.True(run.IsOver));

    [Fact]
    public void A_function_decides_as_Execute_takes_it() => Scenario.For<Run>()
        .Given(Searched)
        .When(run => run.Calls.Count == 1 ? Decision.Reject("one is enough", "one") : Decision.Ignore())
        .ThenRejected("one");

    [Fact]
    public void Rules_over_state_over_events_and_in_general_form_break_and_hold()
    {
        Scenario.For<Run>().Given(Searched, Failed, Searched).ThenHolds(RunRules.FewCalls).ThenBreaks(RunRules.NoLoop);
        Scenario.For<Run>().Given(Searched, Searched, Searched).ThenBreaks(RunRules.FewCalls);
        Scenario.For<Run>().Given(Searched, new RunEvent.Failed("search", "timeout")).ThenBreaks(RunRules.NoTimeout);
        Scenario.For<Run>().Given(Searched, Failed).ThenHolds(RunRules.NoTimeout).ThenHolds(RunRules.NoLoop);
    }

    [Fact]
    public void A_rule_is_asked_after_what_a_command_led_to() => Scenario.For<Run>()
        .Given(Searched, Searched)
        .When(new Call("fetch", "{}"))
        .ThenBreaks(RunRules.FewCalls);

    [Fact]
    public void Other_events_are_shown_line_by_line() => Fails(
        """
        Expected 2 events, found 2 events (- expected, + found)
            Called { Tool = clean-up, Args = scenario v0 }
          - Aborted { Reason = other }
          + Aborted { Reason = enough }
        """,
        () => Scenario.For<Run>().When(new Abort("enough")).Then(new RunEvent.Called("clean-up", "scenario v0"), new RunEvent.Aborted("other")));

    [Fact]
    public void Missing_and_surplus_events_are_shown()
    {
        Fails(
            """
            Expected 1 event, found 2 events (- expected, + found)
                Called { Tool = clean-up, Args = scenario v0 }
              + Aborted { Reason = enough }
            """,
            () => Scenario.For<Run>().When(new Abort("enough")).Then(new RunEvent.Called("clean-up", "scenario v0")));
        Fails(
            """
            Expected 1 event
                Aborted { Reason = enough }
            Found    a rejection with the code 'same-call': search just failed with these arguments
            """,
            () => Scenario.For<Run>().Given(Searched, Failed).When(new Call("search", "{}")).Then(new RunEvent.Aborted("enough")));
    }

    [Fact]
    public void An_unexpected_decision_is_shown_in_place_of_a_rejection()
    {
        Fails(
            """
            Expected a rejection with the code 'same-call'
            Found    1 event
                Called { Tool = search, Args = {} }
            """,
            () => Scenario.For<Run>().When(new Call("search", "{}")).ThenRejected("same-call"));
        Fails(
            """
            Expected a rejection with the code 'other'
            Found    a rejection with the code 'same-call': search just failed with these arguments
            """,
            () => Scenario.For<Run>().Given(Searched, Failed).When(new Call("search", "{}")).ThenRejected("other"));
    }

    [Fact]
    public void Something_in_place_of_nothing_is_shown() => Fails(
        """
        Expected nothing
        Found    1 event
            Called { Tool = search, Args = {} }
        """,
        () => Scenario.For<Run>().When(new Call("search", "{}")).ThenNothing());

    [Fact]
    public void A_state_that_does_not_fit_is_shown_as_it_describes_itself() => Fails(
        """
        Expected a state that meets the condition
        Found    {
          "calls": 1,
          "isOver": false
        }
        """,
        () => Scenario.For<Run>().Given(Searched).ThenState(run => run.IsOver));

    [Fact]
    public void A_rule_that_does_otherwise_is_shown_with_what_happened()
    {
        Fails(
            """
            Expected 'no-loop' to break: No call is made twice in a row.
            Found    it holds after
                Called { Tool = search, Args = {} }
            """,
            () => Scenario.For<Run>().Given(Searched).ThenBreaks(RunRules.NoLoop));
        Fails(
            """
            Expected 'no-loop' to hold: No call is made twice in a row.
            Found    search({}) came twice; after
                Called { Tool = search, Args = {} }
                Called { Tool = search, Args = {} }
            """,
            () => Scenario.For<Run>().Given(Searched, Searched).ThenHolds(RunRules.NoLoop));
    }

    [Fact]
    public void A_scenario_that_makes_no_sense_says_so()
    {
        Fails("Nothing was asked: say When before you check what it leads to.", () => Scenario.For<Run>().Given(Searched).ThenNothing());
        Fails("Given comes before When.", () => Scenario.For<Run>().When(new Abort("enough")).Given(Searched));
        Fails("A rule is asked after an event: say what was Given.", () => Scenario.For<Run>().ThenHolds(RunRules.NoLoop));
        Fails("System.String is no Nagare.Testing.RunEvent, and Run folds nothing else.", () => Scenario.For<Run>().Given("a string"));
    }

    private static void Fails(string message, Action scenario) =>
        Assert.Equal(message.ReplaceLineEndings("\n"), Assert.Throws<ScenarioException>(scenario).Message);
}
