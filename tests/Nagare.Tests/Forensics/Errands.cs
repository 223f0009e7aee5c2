using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nagare.Tests.Forensics;

// Two small families and their aggregates, written by hand: what the forensic tools need to know about a model, and no more.

public abstract record ErrandEvent
{
    public sealed record Asked(string Wish) : ErrandEvent;

    public sealed record ToolFailed(string ToolName, int LatencyMs) : ErrandEvent;

    public sealed record Spent(decimal Usd) : ErrandEvent;

    public sealed record Answered(string Text) : ErrandEvent;
}

public sealed record Errand(decimal Usd, int Failures) : IAggregate<Errand, ErrandEvent>
{
    public static Errand Initial { get; } = new(0, 0);

    public static StreamId Stream(string id) => new("errand", id);

    public static Errand Evolve(Errand state, ErrandEvent e) => e switch
    {
        ErrandEvent.Spent spent => state with { Usd = state.Usd + spent.Usd },
        ErrandEvent.ToolFailed => state with { Failures = state.Failures + 1 },
        _ => state,
    };
}

public abstract record PurseEvent
{
    public sealed record Filled(decimal Usd) : PurseEvent;
}

/// <summary>A mutable one: a load must never hand out a state that an earlier load goes on changing in another search.</summary>
public sealed class Purse : IAggregate<Purse, PurseEvent>
{
    public decimal Usd { get; private set; }

    public static Purse Initial => new();

    public static StreamId Stream(string id) => new("purse", id);

    public static Purse Evolve(Purse state, PurseEvent e)
    {
        if (e is PurseEvent.Filled filled)
        {
            state.Usd += filled.Usd;
        }

        return state;
    }
}

internal static class Errands
{
    public static EventFamily Family { get; } = new("errand", typeof(ErrandEvent), [
        Type<ErrandEvent.Answered>("answered"),
        Type<ErrandEvent.Asked>("asked"),
        Type<ErrandEvent.Spent>("spent", new ExplanationTemplate("Spent {Usd}", "", null, null, []), (e, at) => new Explanation($"Spent {e.Usd:0.00}", $"at v{at.Version}")),
        Type<ErrandEvent.ToolFailed>("tool-failed"),
    ]);

    public static EventFamily PurseFamily { get; } = new("purse", typeof(PurseEvent), [
        new EventType<PurseEvent.Filled>("purse", "filled", 1, "usd decimal", new PlainConverter<PurseEvent.Filled>()),
    ]);

    public static EventModelBuilder Builder()
    {
        var builder = new EventModelBuilder();
        builder.AddFamily(Family);
        builder.AddFamily(PurseFamily);
        builder.AddAggregate<Errand, ErrandEvent>();
        builder.AddAggregate<Purse, PurseEvent>();
        return builder;
    }

    public static EventModel Model { get; } = Builder().Build();

    private static EventType<TEvent> Type<TEvent>(string name, ExplanationTemplate? template = null, Func<TEvent, Envelope, Explanation>? explain = null)
        where TEvent : class => new("errand", name, 1, "", new PlainConverter<TEvent>(), template, explain);

    /// <summary>The payloads as System.Text.Json writes them.</summary>
    private sealed class PlainConverter<T> : JsonConverter<T>
    {
        private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonSerializer.Deserialize<T>(ref reader, Web);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, Web);
    }
}

/// <summary>Services that hold nothing, or what they are given by type.</summary>
internal sealed class Services(params object[] services) : IServiceProvider
{
    public static Services None { get; } = new();

    public object? GetService(Type serviceType) => services.FirstOrDefault(serviceType.IsInstanceOfType);
}

/// <summary>Runs a part of a test as a machine in Germany would.</summary>
internal sealed class GermanCulture : IDisposable
{
    private readonly System.Globalization.CultureInfo _before = System.Globalization.CultureInfo.CurrentCulture;

    public GermanCulture() => System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo("de-DE");

    public void Dispose() => System.Globalization.CultureInfo.CurrentCulture = _before;
}
