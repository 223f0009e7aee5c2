using System.Globalization;
using Nagare.Tests.Forensics;

namespace Nagare.Tests.Explanations;

public class ExplanationsTests
{
    private static readonly StreamId Stream = Errand.Stream("e-1");

    [Fact]
    public void The_explainer_of_the_family_explains_every_event_of_it()
    {
        var explained = With(new ByHand(e => new Explanation("By hand", e.GetType().Name))).Explain(Recorded(new ErrandEvent.Spent(2)));

        Assert.Equal(new Explanation("By hand", "Spent"), explained);
    }

    [Fact]
    public void Without_an_explainer_the_template_on_the_event_explains() =>
        Assert.Equal(new Explanation("Spent 2.50", "at v1"), With(null).Explain(Recorded(new ErrandEvent.Spent(2.5m))));

    [Fact]
    public void Without_explainer_and_template_the_name_and_the_members_do() =>
        Assert.Equal(
            new Explanation("Tool failed", "tool name: search, latency ms: 900"),
            With(null).Explain(Recorded(new ErrandEvent.ToolFailed("search", 900), """{"toolName":"search","latencyMs":900}""")));

    [Fact]
    public void An_event_that_no_model_knows_is_described_all_the_same() =>
        Assert.Equal(new Explanation("Version", "major: 1"), With(null).Explain(Recorded(new Version(1, 2), """{"major":1}""")));

    [Fact]
    public void An_explainer_is_made_once_and_not_before_it_is_needed()
    {
        var made = 0;
        var builder = Errands.Builder();
        builder.AddExplainer<ErrandEvent>(_ =>
        {
            made++;
            return new ByHand(_ => new Explanation("x"));
        });
        var explanations = new global::Nagare.Explanations(builder.Build(), builder.Explainers, Services.None);
        Assert.Equal(0, made);

        explanations.Explain(Recorded(new ErrandEvent.Asked("a")));
        explanations.Explain(Recorded(new ErrandEvent.Asked("b")));

        Assert.Equal(1, made);
    }

    [Fact]
    public void An_explainer_gets_what_is_injected_into_it()
    {
        var builder = Errands.Builder();
        builder.AddExplainer<ErrandEvent>(services => new ByHand(_ => new Explanation((string)services.GetService(typeof(string))!)));

        var explanations = new global::Nagare.Explanations(builder.Build(), builder.Explainers, new Services("injected"));

        Assert.Equal("injected", explanations.Explain(Recorded(new ErrandEvent.Asked("a"))).Title);
    }

    [Fact]
    public void An_explainer_that_throws_does_not_hide_the_event()
    {
        var explained = With(new ByHand(_ => throw new FormatException("no such format"))).Explain(Recorded(new ErrandEvent.ToolFailed("search", 9), """{"toolName":"search","latencyMs":9}"""));

        Assert.Equal("Tool failed", explained.Title);
        Assert.Equal("tool name: search, latency ms: 9", explained.Summary);
        Assert.Equal("The explainer of errand/tool-failed failed with System.FormatException: no such format", explained.Detail);
        Assert.Equal([("explainer-error", "FormatException")], explained.Tags);
    }

    [Fact]
    public void An_explainer_that_returns_nothing_does_not_hide_the_event() =>
        Assert.Contains("returned null", With(new ByHand(_ => null!)).Explain(Recorded(new ErrandEvent.Asked("a"))).Detail, StringComparison.Ordinal);

    [Fact]
    public void An_explainer_that_cannot_be_made_does_not_hide_the_event()
    {
        var builder = Errands.Builder();
        builder.AddExplainer<ErrandEvent>(_ => throw new InvalidOperationException("nothing registered for IClock"));

        var explained = new global::Nagare.Explanations(builder.Build(), builder.Explainers, Services.None).Explain(Recorded(new ErrandEvent.Asked("a")));

        Assert.Equal("Asked", explained.Title);
        Assert.Contains("nothing registered for IClock", explained.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_explanation_reads_the_same_in_every_country()
    {
        using var germany = new GermanCulture();
        var explanations = With(new ByHand(e => e is ErrandEvent.Spent spent ? new Explanation($"{spent.Usd:#,0.00} on {new DateTime(2026, 3, 1):d}") : throw new InvalidOperationException()));

        Assert.Equal("1,234.50 on 03/01/2026", explanations.Explain(Recorded(new ErrandEvent.Spent(1234.5m))).Title);
        Assert.Equal("de-DE", CultureInfo.CurrentCulture.Name);

        explanations.Explain(Recorded(new ErrandEvent.Asked("throws")));
        Assert.Equal("de-DE", CultureInfo.CurrentCulture.Name);
    }

    private static IExplanations With(IEventExplainer<ErrandEvent>? explainer)
    {
        var builder = Errands.Builder();
        if (explainer is not null)
        {
            builder.AddExplainer(_ => explainer);
        }

        return new global::Nagare.Explanations(builder.Build(), builder.Explainers, Services.None);
    }

    private static Envelope Recorded(object e, string payload = "") => new RecordedJournal(Errands.Model).Add(Stream, e, payload: payload);

    private sealed class ByHand(Func<ErrandEvent, Explanation> explain) : IEventExplainer<ErrandEvent>
    {
        public Explanation Explain(ErrandEvent e) => explain(e);
    }
}
