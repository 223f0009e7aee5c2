using System.Text;

namespace Nagare.Tests.Explanations;

public class EventDescriptionTests
{
    [Theory]
    [InlineData("tool-failed", "Tool failed")]
    [InlineData("ToolFailed", "Tool failed")]
    [InlineData("URL-opened", "URL opened")]
    [InlineData("x", "X")]
    [InlineData("-", "-")]
    public void A_title_is_the_name_in_words(string name, string title) => Assert.Equal(title, Of(name, "{}").Title);

    [Theory]
    [InlineData("""{"argsJSON":"{}","isOver":true,"costUsd":1.50,"none":null}""", "args JSON: {}, is over: true, cost usd: 1.50")]
    [InlineData("""{"a":{"b":1},"c":[1,2],"d":2}""", "d: 2")]
    [InlineData("{}", "")]
    [InlineData("", "")]
    [InlineData("no JSON", "")]
    [InlineData("[1,2]", "")]
    [InlineData("""{"a":1,"b":""", "a: 1")]
    [InlineData("""{"a":1,"b":"\ud800"}""", "a: 1")]
    public void A_summary_is_the_members_on_the_first_level(string payload, string summary) => Assert.Equal(summary, Of("x", payload).Summary);

    [Fact]
    public void A_summary_is_bounded()
    {
        var payload = $$"""{"long":"{{new string('x', 100_000)}}",{{string.Join(',', Enumerable.Range(0, 1_000).Select(i => $"\"m{i}\":{i}"))}}}""";

        var summary = Of("x", payload).Summary;

        Assert.Equal(EventDescription.MaxMembers, summary.Split(", ").Length);
        Assert.Contains(new string('x', EventDescription.MaxValueCharacters) + "…", summary, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', EventDescription.MaxValueCharacters + 1), summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_is_never_cut_within_a_character()
    {
        var summary = Of("x", $$"""{"m":"{{new string('x', EventDescription.MaxValueCharacters - 1)}}🙂 and more"}""").Summary;

        Assert.Equal($"m: {new string('x', EventDescription.MaxValueCharacters - 1)}…", summary);
    }

    private static Explanation Of(string name, string payload) => EventDescription.Of(name, Encoding.UTF8.GetBytes(payload));
}
