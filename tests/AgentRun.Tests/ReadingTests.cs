using Nagare;

namespace AgentRuns.Tests;

/// <summary>What the importers make of a record: which events, caused by what, when, by whom.</summary>
public class ReadingTests
{
    [Fact]
    public void A_turn_that_reads_three_results_has_three_causes()
    {
        var run = Runs.Read(new TauBenchImporter(), """
            {"task_id":7,"trial":2,"info":{"task":{"user_id":"mia_li_3668"}},"traj":[
              {"role":"system","content":"Be kind."},
              {"role":"user","content":"Hello?"},
              {"role":"assistant","content":null,"tool_calls":[
                {"id":"a","type":"function","function":{"name":"f","arguments":"{}"}},
                {"id":"b","type":"function","function":{"name":"g","arguments":"{}"}},
                {"id":"c","type":"function","function":{"name":"h","arguments":"{}"}}]},
              {"role":"tool","tool_call_id":"b","name":"g","content":"2"},
              {"role":"tool","tool_call_id":"a","name":"f","content":"1"},
              {"role":"tool","tool_call_id":"c","name":"h","content":"Error: no"},
              {"role":"assistant","content":"Done."},
              {"role":"user","content":"Thanks. ###STOP###"}]}
            """);

        // 0 started, 1 instructed, 2 user, 3 turn, 4-6 calls, 7-9 results, 10 turn, 11 user, 12 ended
        Assert.Equal(
            ["", "0", "", "2,1", "3", "3", "3", "5", "4", "6", "9,8,7", "10", "11"],
            run.Events().Select(e => string.Join(',', e.CausedBy ?? [])));
        Assert.Equal("agent-run/tau-bench-7-2", run.Streams[0].StreamId.ToString());
        Assert.Equal(ExpectedVersion.NoStream, run.Streams[0].Expected);
        Assert.Equal(("agent-run/tau-bench-7-2", "user:mia_li_3668"), (run.Metadata.CorrelationId, run.Metadata.Subject));
        Assert.Equal(3, Assert.IsType<AgentRunEvent.ModelReplied>(run.Run()[3]).Calls);
        Assert.Equal("Error: no", Assert.IsType<AgentRunEvent.ToolFailed>(run.Run()[9]).Error);
        Assert.Equal("the user was done", Assert.IsType<AgentRunEvent.Ended>(run.Run()[12]).Status);
    }

    [Fact]
    public void A_call_id_that_comes_twice_is_answered_the_second_time()
    {
        const string Call = """{"role":"assistant","content":null,"tool_calls":[{"id":"same","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"same","name":"f","content":"1"}""";
        var run = Runs.Read(new TauBenchImporter(), $$"""{"task_id":1,"trial":0,"traj":[{{Call}},{{Call}}]}""");

        // 0 started, 1 turn, 2 call, 3 result, 4 turn, 5 call, 6 result
        Assert.Equal([2, 5], run.Events().Where(e => e.Event is AgentRunEvent.ToolReturned).Select(e => e.CausedBy![0]));
    }

    [Fact]
    public void The_providers_reply_the_cost_and_the_time_of_a_turn_are_kept()
    {
        var run = Runs.Read(new MiniSweImporter(), """
            {"instance_id":"django__django-1","trajectory_format":"mini-swe-agent-1.1","info":{"config":{"model":{"model_name":"deepseek/deepseek-chat"}},"model_stats":{"instance_cost":0.02,"api_calls":1}},"messages":[
              {"role":"assistant","content":"Let me look.","tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"bash","arguments":"{\"command\": \"ls\"}"}}],
               "extra":{"actions":[{"command":"ls","tool_call_id":"a"}],"cost":0.00043456000000000007,"timestamp":1775802351.8737438,
                 "response":{"model":"deepseek-chat","system_fingerprint":"fp_1","usage":{"prompt_tokens":1714,"completion_tokens":84}}}},
              {"role":"tool","tool_call_id":"a","content":"<returncode>2</returncode>","extra":{"raw_output":"ls: no","returncode":2,"timestamp":1775802352.1,"exception_info":""}},
              {"role":"exit","content":"diff","extra":{"exit_status":"Submitted","submission":"diff"}}]}
            """);

        var turn = Assert.IsType<AgentRunEvent.ModelReplied>(run.Run()[1]);
        Assert.Equal((null, "Let me look.", 0.00043456000000000007m, "fp_1", 1714L, 84L), (turn.Text, turn.StatedThought, turn.CostUsd, turn.Fingerprint, turn.TokensIn, turn.TokensOut));
        Assert.Equal("fp_1", turn.Reply!.Value.GetProperty("system_fingerprint").GetString());
        Assert.Equal(new DateTimeOffset(2026, 4, 10, 6, 25, 51, 873, 743, TimeSpan.Zero), run.Events()[1].Metadata!.OccurredAt);
        Assert.Equal("ls", Assert.IsType<AgentRunEvent.ToolCalled>(run.Run()[2]).Command);
        var failed = Assert.IsType<AgentRunEvent.ToolFailed>(run.Run()[3]);
        Assert.Equal(("return code 2", 2, "ls: no", "bash"), (failed.Error, failed.ReturnCode, failed.Output, failed.Tool));
        var ended = Assert.IsType<AgentRunEvent.Ended>(run.Run()[4]);
        Assert.Equal(("Submitted", 0.02m, 1), (ended.Status, ended.ReportedCostUsd, ended.ReportedCalls));
        Assert.Null(run.Events()[0].Metadata!.OccurredAt);
    }

    [Fact]
    public void What_nobody_measured_is_null_and_not_zero()
    {
        var turn = Runs.Read(new TauBenchImporter(), """{"task_id":1,"trial":0,"traj":[{"role":"assistant","content":"x"}]}""").Run().OfType<AgentRunEvent.ModelReplied>().Single();
        Assert.Equal((null, null, null, null, null), (turn.CostUsd, turn.TokensIn, turn.TokensOut, turn.Seconds, turn.Reply));
    }

    [Fact]
    public void A_verdict_is_a_stream_of_its_own_in_the_correlation_of_its_run()
    {
        var run = Runs.Read(new MiniSweImporter(), """{"instance_id":"django__django-1","trajectory_format":"t","messages":[{"role":"user","content":"x"}]}""");
        var verdict = Runs.Read(new MiniSweImporter(), """{"instance_id":"django__django-1","resolved":false}""");
        Assert.Equal("run-verdict/mini-swe-django__django-1", verdict.Streams[0].StreamId.ToString());
        Assert.Equal(run.Metadata.CorrelationId, verdict.Metadata.CorrelationId);
        Assert.False(Assert.IsType<RunVerdictEvent.Tested>(verdict.Events().Single().Event).Resolved);
    }

    [Fact]
    public void Two_trajectories_of_one_task_are_two_runs()
    {
        var first = Runs.Read(new SweAgentImporter(), """{"source_file":"a/task.traj","history":[{"role":"user","content":"x"}]}""");
        var second = Runs.Read(new SweAgentImporter(), """{"source_file":"b/task.traj","history":[{"role":"user","content":"x"}]}""");
        Assert.NotEqual(first.Streams[0].StreamId, second.Streams[0].StreamId);
        Assert.StartsWith("swe-agent-task-", first.Streams[0].StreamId.Id, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_and_its_step_are_one_turn()
    {
        var run = Runs.Read(new SweAgentImporter(), """
            {"history":[{"role":"user","content":"fix it"},{"role":"assistant","content":"r","thought":"t","action":"ls -F"},{"role":"user","content":"seen"}],
             "trajectory":[{"action":"ls -F","observation":"x","response":"r","thought":"t","state":"{}","execution_time":0.28}]}
            """).Run();
        Assert.Equal(["Started", "UserSaid", "ModelReplied", "ToolCalled", "ToolReturned"], run.Select(e => e.GetType().Name));
        var call = Assert.IsType<AgentRunEvent.ToolCalled>(run[3]);
        Assert.Equal(("ls", "ls -F"), (call.Tool, call.Command));
        var result = Assert.IsType<AgentRunEvent.ToolReturned>(run[4]);
        Assert.Equal(("x", "seen", 0.28), (result.Output, result.Shown, result.Seconds));
    }

    [Fact]
    public void Hostile_names_become_ids_all_the_same()
    {
        var run = Runs.Read(new MiniSweImporter(), """{"instance_id":"a\nb\u202e ü","trajectory_format":"t","info":{"config":{"model":{"model_name":" \u0000 "}}},"messages":[{"role":"user","content":"x"}]}""");
        var other = Runs.Read(new MiniSweImporter(), """{"instance_id":"a-b-- -","trajectory_format":"t","messages":[{"role":"user","content":"x"}]}""");
        Assert.StartsWith("agent-run/mini-swe-a-b----", run.Streams[0].StreamId.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(run.Streams[0].StreamId, other.Streams[0].StreamId);
        Assert.Equal("a\nb\u202e ü", Assert.IsType<AgentRunEvent.Started>(run.Run()[0]).Task);
    }

    [Fact]
    public void The_real_conversations_are_counted_as_their_page_says()
    {
        var events = Events(RealRuns.TauBench);
        Assert.Equal((200, 1490, 2454, 1164), (Count<AgentRunEvent.Instructed>(events), Count<AgentRunEvent.UserSaid>(events), Count<AgentRunEvent.ModelReplied>(events), Count<AgentRunEvent.ToolCalled>(events)));
        Assert.Equal(1164, Count<AgentRunEvent.ToolReturned>(events) + Count<AgentRunEvent.ToolFailed>(events));
        Assert.Equal((84, 116), (events.Count(e => e is AgentRunEvent.Graded { Passed: true }), events.Count(e => e is AgentRunEvent.Graded { Passed: false })));
        Assert.Equal(377, events.Count(e => e is AgentRunEvent.ToolCalled { Tool: "get_reservation_details" }));
        Assert.Equal(48, events.Count(e => e is AgentRunEvent.Ended { Status: "transferred to a human" }));
    }

    [Fact]
    public void The_real_coding_runs_are_counted_as_their_page_says()
    {
        var events = Events(RealRuns.MiniSwe1).Concat(Events(RealRuns.MiniSwe2)).ToList();
        Assert.Equal((7924, 7924), (Count<AgentRunEvent.ModelReplied>(events), Count<AgentRunEvent.ToolCalled>(events)));
        Assert.Equal(7825, Count<AgentRunEvent.ToolReturned>(events) + Count<AgentRunEvent.ToolFailed>(events));
        Assert.Equal((809, 783), (Count<AgentRunEvent.ToolFailed>(events), events.Count(e => e is AgentRunEvent.ToolFailed { ReturnCode: 1 })));
        var turns = events.OfType<AgentRunEvent.ModelReplied>().ToList();
        Assert.Equal(178.0m, Math.Round(turns.Sum(turn => turn.TokensIn + turn.TokensOut)!.Value / 1_000_000m, 1));
        Assert.Equal(6.56m, Math.Round(turns.Sum(turn => turn.CostUsd)!.Value, 2));
    }

    [Fact]
    public void The_real_verdicts_are_counted_as_their_page_says()
    {
        var verdicts = RealRuns.Records(RealRuns.MiniSweVerdicts).Select(record => (RunVerdictEvent.Tested)RealRuns.Importer(record).Read(record).Events().Single().Event).ToList();
        Assert.Equal((61, 38), (verdicts.Count(verdict => verdict.Resolved), verdicts.Count(verdict => !verdict.Resolved)));
    }

    private static List<AgentRunEvent> Events(string file) => [.. RealRuns.Records(file).SelectMany(record => RealRuns.Importer(record).Read(record).Run())];

    private static int Count<TEvent>(IEnumerable<AgentRunEvent> events)
        where TEvent : AgentRunEvent => events.OfType<TEvent>().Count();
}
