using System.Text;
using System.Text.Json;
using Nagare.CommandLine;

namespace AgentRuns.Tests;

/// <summary>What is no run is refused with a reason, never half read.</summary>
public class MalformedRecordTests
{
    [Theory]
    [InlineData("""[]""", "the record is not an object")]
    [InlineData("""{"trial":0,"traj":[{"role":"user"}]}""", "'/task_id' is not a whole number")]
    [InlineData("""{"task_id":1.5,"trial":0,"traj":[{"role":"user"}]}""", "'/task_id' is not a whole number")]
    [InlineData("""{"task_id":1,"trial":0}""", "'/traj' is not a list of messages")]
    [InlineData("""{"task_id":1,"trial":0,"traj":[]}""", "'/traj' is not a list of messages")]
    [InlineData("""{"task_id":1,"trial":0,"traj":["hello"]}""", "'/traj' is not a list of messages")]
    [InlineData("""{"task_id":1,"trial":0,"traj":[{"content":"x"}]}""", "'/traj/0/role' is not a text")]
    public void A_conversation_says_what_it_lacks(string record, string reason) => Assert.Equal(reason, Runs.Reason(new TauBenchImporter(), record));

    [Theory]
    [InlineData("""{"messages":[{"role":"user"}]}""", "'/instance_id' is not a text")]
    [InlineData("""{"instance_id":"","messages":[{"role":"user"}]}""", "'/instance_id' is not a name of 1 to 150 characters")]
    [InlineData("""{"instance_id":"i"}""", "'/messages' is not a list of messages")]
    [InlineData("""{"instance_id":"i","resolved":"yes"}""", "'/resolved' is not true or false")]
    public void A_trajectory_of_mini_swe_says_what_it_lacks(string record, string reason) => Assert.Equal(reason, Runs.Reason(new MiniSweImporter(), record));

    [Fact]
    public void A_trajectory_of_swe_agent_says_what_it_lacks() => Assert.Equal("'/history' is not a list of messages", Runs.Reason(new SweAgentImporter(), """{"trajectory":[]}"""));

    [Fact]
    public void A_member_that_stands_twice_is_refused_rather_than_dropped() =>
        Assert.ThrowsAny<JsonException>(() => Runs.Read(new TauBenchImporter(), """{"task_id":1,"trial":0,"trial":1,"traj":[{"role":"user"}]}"""));

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        byte[] record = [.. Encoding.UTF8.GetBytes("""{"task_id":1,"trial":0,"traj":[{"role":"user","content":" """), 0xFF, .. Encoding.UTF8.GetBytes("\"}]}")];
        Assert.Equal("the record is not UTF-8", Assert.Throws<MalformedRecordException>(() => new TauBenchImporter().Read(new ImportRecord("test.jsonl", 1, record))).Message);
    }

    [Fact]
    public void A_member_name_that_is_no_text_is_refused() =>
        Assert.Equal("the record has a member whose name is no text", Runs.Reason(new TauBenchImporter(), """{"task_id":1,"trial":0,"\ud800":1,"traj":[{"role":"user"}]}"""));

    [Theory]
    [InlineData("""{"task_id":1,"trial":0,"reward":1.0,"traj":[]}""", "tau-bench")]
    [InlineData("""{"instance_id":"i","trajectory_format":"mini-swe-agent-1.1","messages":[]}""", "mini-swe")]
    [InlineData("""{"instance_id":"i","resolved":true}""", "mini-swe")]
    [InlineData("""{"trajectory":[],"history":[]}""", "swe-agent")]
    [InlineData("""{"source_file":"x","history":[]}""", "swe-agent")]
    [InlineData("""{"HAT001":{"flight_number":"HAT001"}}""", null)]
    [InlineData("""{"task_id":1,""", null)]
    public void One_importer_at_most_knows_a_record(string record, string? format) =>
        Assert.Equal(format, RealRuns.All().SingleOrDefault(importer => importer.CanRead(new ImportRecord("test.jsonl", 1, Encoding.UTF8.GetBytes(record))))?.Format);
}
