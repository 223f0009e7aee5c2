using System.Text;
using CsCheck;

namespace AgentRuns.Tests;

/// <summary>A run written back in the format it came from is the JSON value it came as.</summary>
public class RoundTripTests
{
    [Theory]
    [InlineData(RealRuns.TauBench, 200)]
    [InlineData(RealRuns.MiniSwe1, 49)]
    [InlineData(RealRuns.MiniSwe2, 50)]
    [InlineData(RealRuns.MiniSweVerdicts, 99)]
    [InlineData(RealRuns.SweAgent, 22)]
    public void Every_real_run_comes_back_as_it_was(string file, int runs)
    {
        var streams = new HashSet<string>();
        foreach (var record in RealRuns.Records(file))
        {
            var append = RealRuns.Importer(record).Read(record);
            Assert.True(streams.Add(append.Streams[0].StreamId.ToString()), $"two runs of {file} share {append.Streams[0].StreamId}");
            Assert.Null(Runs.Difference(record.Json, Runs.WriteBack(append)) is { } difference ? $"{file}, line {record.Line}: {difference}" : null);
        }

        Assert.Equal(runs, streams.Count);
    }

    [Theory]
    [InlineData("a lone surrogate", """{"role":"user","content":"cut \ud83d here"}""")]
    [InlineData("a zero character", """{"role":"user","content":"a\u0000b"}""")]
    [InlineData("no content at all", """{"role":"assistant"}""")]
    [InlineData("content null", """{"role":"assistant","content":null}""")]
    [InlineData("content in parts", """{"role":"user","content":[{"type":"text","text":"hello"}]}""")]
    [InlineData("an unknown role", """{"role":"developer","content":"be brief","weight":1.50}""")]
    [InlineData("an empty list of calls", """{"role":"assistant","content":"x","tool_calls":[]}""")]
    [InlineData("a call without an id", """{"role":"assistant","content":null,"tool_calls":[{"type":"function","function":{"name":"f","arguments":"{"}}]}""")]
    [InlineData("a call of another type", """{"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"custom","function":{"name":"f","arguments":"","strict":true}}]}""")]
    [InlineData("a call that is not understood", """{"role":"assistant","content":null,"tool_calls":[{"id":"1","function":{"name":"f","arguments":{"x":1e-05}}}]}""")]
    [InlineData("a result without a name", """{"role":"tool","tool_call_id":"1","content":"ok"}""")]
    [InlineData("a result for nobody", """{"role":"tool","content":""}""")]
    public void An_odd_message_is_kept_too(string what, string message)
    {
        Check(new TauBenchImporter(), $$"""{"task_id":1,"trial":0,"traj":[{{message}},{{message}}]}""", what);
        Check(new MiniSweImporter(), $$"""{"instance_id":"i","trajectory_format":"t","messages":[{{message}},{{message}}]}""", what);
        Check(new SweAgentImporter(), $$"""{"history":[{{message}},{{message}}],"trajectory":[]}""", what);
    }

    [Theory]
    [InlineData("no reward", """{"task_id":1,"trial":0,"traj":[{"role":"user","content":"x"}]}""")]
    [InlineData("a reward without a report", """{"task_id":1,"trial":0,"reward":1,"traj":[{"role":"user","content":"x"}]}""")]
    [InlineData("a report without a reward", """{"task_id":1,"trial":0,"info":{"reward_info":{"reward":1.0}},"traj":[{"role":"user","content":"x"}]}""")]
    [InlineData("a reward that no decimal writes so", """{"task_id":1,"trial":0,"reward":1e0,"info":{},"traj":[{"role":"user","content":"x"}]}""")]
    [InlineData("a reward of null", """{"task_id":1,"trial":0,"reward":null,"info":null,"traj":[{"role":"user","content":"x"}]}""")]
    public void An_odd_end_of_a_conversation_is_kept_too(string what, string run) => Check(new TauBenchImporter(), run, what);

    [Theory]
    [InlineData("no info", """{"instance_id":"i","trajectory_format":"t","messages":[{"role":"exit","content":"diff"}]}""")]
    [InlineData("an exit in the middle", """{"instance_id":"i","trajectory_format":"t","info":{"model_stats":{"instance_cost":1e-5}},"messages":[{"role":"exit","content":"a"},{"role":"user","content":"b"}]}""")]
    [InlineData("a cost with an exponent", """{"instance_id":"i","trajectory_format":"t","messages":[{"role":"assistant","content":"a","extra":{"cost":9.8e-05,"timestamp":1775802351.87374381,"response":null}}]}""")]
    [InlineData("more actions than calls", """{"instance_id":"i","trajectory_format":"t","messages":[{"role":"assistant","content":"a","tool_calls":[{"id":"1","function":{"name":"bash","arguments":"{}"}}],"extra":{"actions":[{"command":"a","tool_call_id":"1"},{"command":"b"}]}}]}""")]
    [InlineData("an action for another call", """{"instance_id":"i","trajectory_format":"t","messages":[{"role":"assistant","content":"a","tool_calls":[{"id":"1","function":{"name":"bash","arguments":"{}"}}],"extra":{"actions":[{"command":null,"tool_call_id":"2","x":[]}]}}]}""")]
    [InlineData("a result without its raw output", """{"instance_id":"i","trajectory_format":"t","messages":[{"role":"tool","content":"out","tool_call_id":"1","extra":{"returncode":0}},{"role":"tool","content":"out","extra":{}}]}""")]
    public void An_odd_trajectory_of_mini_swe_is_kept_too(string what, string run) => Check(new MiniSweImporter(), run, what);

    [Theory]
    [InlineData("steps that no message tells of", """{"history":[{"role":"system","content":"s"}],"trajectory":[{"action":"ls","observation":"x","response":"r","thought":"t","state":"{}"},{"action":null,"observation":null}]}""")]
    [InlineData("messages that no step tells of", """{"history":[{"role":"assistant","content":"c","thought":"t","action":"ls","agent":"main"},{"role":"user","content":"x"}],"trajectory":[]}""")]
    [InlineData("a message that says it otherwise", """{"history":[{"role":"assistant","content":"c","action":"ls"},{"role":"tool","content":"seen","tool_call_ids":["1"]}],"trajectory":[{"action":"ls","observation":"x","response":"r","thought":"t","execution_time":180.0}]}""")]
    [InlineData("two calls in a turn", """{"history":[{"role":"assistant","content":"c","thought":"c","action":"a","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}},{"id":"2","type":"function","function":{"name":"g","arguments":"{}"}}]},{"role":"tool","content":"seen"}],"trajectory":[{"action":"a","observation":"x","response":"c","thought":"c","messages":[{"role":"user","content":"all that was sent"}]}]}""")]
    [InlineData("a demonstration, and no end", """{"history":[{"role":"user","content":"look","is_demo":true},{"role":"user","content":"now you"}],"info":{"exit_status":null,"model_stats":{}}}""")]
    public void An_odd_trajectory_of_swe_agent_is_kept_too(string what, string run) => Check(new SweAgentImporter(), run, what);

    [Fact]
    public void Any_conversation_comes_back_as_it_was()
    {
        var number = Gen.OneOf("0", "1", "-0", "1.50", "1e-05", "12345678901234567890", "0.1e400");
        var text = Gen.OneOf("\"\"", "\"yes\"", "\"\\ud800\"", "\"\\u0000\"", "\"\\\"\"", "\"é😀\"");
        var value = Gen.OneOf<string>(number, text, Gen.OneOf("null", "true", "[]", "{}", "[1,{\"a\":null}]"));
        var member = Gen.Select(Gen.OneOf("content", "name", "tool_call_id", "tool_calls", "thought", "action", "is_demo", "agent", "extra", "a/b", "0"), value);
        var message = Gen.Select(Gen.OneOf("system", "user", "assistant", "tool", "exit", "other"), member.Array[0, 5]);
        message.Array[1, 6].Sample(messages =>
        {
            var list = string.Join(',', messages.Select(m => $"{{\"role\":\"{m.Item1}\"{string.Concat(m.Item2.DistinctBy(x => x.Item1).Select(x => $",\"{x.Item1}\":{x.Item2}"))}}}"));
            Check(new TauBenchImporter(), $$"""{"task_id":1,"trial":0,"traj":[{{list}}]}""", list);
            Check(new MiniSweImporter(), $$"""{"instance_id":"i","trajectory_format":"t","messages":[{{list}}]}""", list);
            Check(new SweAgentImporter(), $$"""{"history":[{{list}}],"trajectory":[{{list}}]}""", list);
        });
    }

    private static void Check(RunImporter importer, string run, string what)
    {
        var difference = Runs.Difference(Encoding.UTF8.GetBytes(run), Runs.WriteBack(Runs.Read(importer, run)));
        Assert.True(difference is null, $"{importer.Format}, {what}: {difference}");
    }
}
