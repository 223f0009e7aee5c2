using System.Text;
using Nagare.Storage;
using Nagare.Tests.Forensics;

namespace Nagare.Tests.Explanations;

public class StoredExplanationTests
{
    private const string Payload = """
        {"toolName":"search","costUsd":1234.5,"at":"2026-03-01T10:00:00+00:00","took":"00:01:30","isOver":true,"note":null,
         "order":{"id":"o-7","lines":[1,2]},"Exact":"kept","big":1e400,"lone":"\ud800"}
        """;

    [Theory]
    [InlineData("Decided to call {ToolName}", "Decided to call search")]
    [InlineData("{toolName}", "search")]
    [InlineData("{Exact} {EXACT}", "kept kept")]
    [InlineData("{CostUsd:#,0.00} of {CostUsd}", "1,234.50 of 1234.5")]
    [InlineData("{At:yyyy-MM-dd} {At}", "2026-03-01 2026-03-01T10:00:00+00:00")]
    [InlineData("{Took:mm\\:ss} {Took}", "01:30 00:01:30")]
    [InlineData("{IsOver}", "True")]
    [InlineData("[{Note}] [{Missing}] [{Order.Missing}] [{ToolName.Length}]", "[] [] [] []")]
    [InlineData("{Order.Id}: {Order.Lines}", "o-7: [1,2]")]
    [InlineData("{{{ToolName}}} and {{ToolName}}", "{search} and {ToolName}")]
    [InlineData("{Big} {Big:0.0}", "1e400 1e400")]
    [InlineData("{Lone}", "\"\\ud800\"")]
    public void A_hole_is_filled_from_the_payload(string template, string expected)
    {
        using var germany = new GermanCulture();

        Assert.Equal(expected, Of(new ExplanationTemplate(template, "", null, null, []), Payload).Title);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("{}")]
    [InlineData("{:0}")]
    [InlineData("{not a name}")]
    [InlineData("{ToolName")]
    [InlineData("{..}")]
    public void A_template_that_breaks_the_syntax_stays_as_it_stands(string template) =>
        Assert.Equal(template, Of(new ExplanationTemplate(template, "", null, null, []), Payload).Title);

    [Fact]
    public void A_format_that_does_not_fit_leaves_the_value() =>
        Assert.Equal("1234.5", Of(new ExplanationTemplate("{CostUsd:Z9}", "", null, null, []), Payload).Title);

    [Fact]
    public void All_parts_of_a_template_are_filled()
    {
        var explained = Of(new ExplanationTemplate("{ToolName}", "{Order.Id}", "{Exact}", "agent {ToolName}", ["tool={ToolName}", "plain"]), Payload);

        Assert.Equal(new Explanation("search", "o-7", ("tool", "search"), ("plain", "")) { Detail = "kept", Actor = "agent search" }, explained);
    }

    [Fact]
    public void Without_a_template_the_name_and_the_members_explain() =>
        Assert.Equal(new Explanation("Tool failed", "code: 7"), Of(null, """{"code":7}"""));

    [Theory]
    [InlineData("")]
    [InlineData("no JSON")]
    [InlineData("{\"a\":")]
    public void A_payload_that_is_no_JSON_leaves_the_name(string payload) =>
        Assert.Equal("Tool failed", Of(new ExplanationTemplate("{ToolName}", "", null, null, []), payload).Title);

    [Theory]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("\"text\"")]
    public void A_payload_without_members_fills_every_hole_with_nothing(string payload) =>
        Assert.Equal("<>", Of(new ExplanationTemplate("<{ToolName}>", "", null, null, []), payload).Title);

    private static Explanation Of(ExplanationTemplate? template, string payload) =>
        StoredExplanation.Of(new StoredEventType("agent-run", "tool-failed", 1, "", template), Encoding.UTF8.GetBytes(payload));
}
