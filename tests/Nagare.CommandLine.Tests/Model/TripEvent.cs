using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nagare.CommandLine.Tests;

// A small model written by hand: an agent books trips, an auditor notes what he thinks of one.

public abstract record TripEvent
{
    public sealed record Asked(string Wish) : TripEvent;

    public sealed record Called(string Tool, string Arguments) : TripEvent;

    public sealed record Failed(string Tool, string Message) : TripEvent;

    public sealed record Spent(decimal Usd) : TripEvent;

    public sealed record Answered(string Text) : TripEvent;
}

public abstract record AuditEvent
{
    public sealed record Noted(string Opinion) : AuditEvent;
}

/// <summary>What the agent knows.</summary>
public sealed record Trip(string Wish, decimal Usd, string? LastTool, string? LastError, string? Answer) : IAggregate<Trip, TripEvent>
{
    public static Trip Initial { get; } = new("", 0, null, null, null);

    public static Trip Evolve(Trip state, TripEvent e) => e switch
    {
        TripEvent.Asked asked => state with { Wish = asked.Wish },
        TripEvent.Called called => state with { LastTool = called.Tool, LastError = null },
        TripEvent.Failed failed => state with { LastError = failed.Message },
        TripEvent.Spent spent => state with { Usd = state.Usd + spent.Usd },
        TripEvent.Answered answered => state with { Answer = answered.Text },
        _ => state,
    };

    public static void Describe(Trip state, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("wish", state.Wish);
        writer.WriteNumber("usd", state.Usd);
        writer.WriteString("lastTool", state.LastTool);
        writer.WriteString("lastError", state.LastError);
        writer.WriteString("answer", state.Answer);
        writer.WriteEndObject();
    }
}

/// <summary>A second fold of the same events.</summary>
public sealed record TripCost(decimal Usd) : IAggregate<TripCost, TripEvent>
{
    public static TripCost Initial { get; } = new(0m);

    public static TripCost Evolve(TripCost state, TripEvent e) => e is TripEvent.Spent spent ? new(state.Usd + spent.Usd) : state;

    public static void Describe(TripCost state, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("usd", state.Usd);
        writer.WriteEndObject();
    }
}

public sealed class TripExplainer : IEventExplainer<TripEvent>
{
    public Explanation Explain(TripEvent e) => e switch
    {
        TripEvent.Asked asked => new("The traveller asked", asked.Wish) { Actor = "traveller" },
        TripEvent.Called called => new($"Called {called.Tool}", called.Arguments),
        TripEvent.Failed failed => new($"{failed.Tool} failed", failed.Message) { Detail = $"The tool said:\n{failed.Message}" },
        TripEvent.Spent spent => new(FormattableString.Invariant($"Spent ${spent.Usd:0.00}")),
        TripEvent.Answered answered => new("Answered", answered.Text, ("answered", answered.Text.Length > 0 ? "yes" : "no")),
        _ => throw new ArgumentOutOfRangeException(nameof(e), e, null),
    };
}

public sealed class TripModel : IEventModel
{
    public static void Register(EventModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.AddFamily(new EventFamily("trip", typeof(TripEvent), [
            Type<TripEvent.Answered>("trip", "answered"),
            Type<TripEvent.Asked>("trip", "asked"),
            Type<TripEvent.Called>("trip", "called"),
            Type<TripEvent.Failed>("trip", "failed"),
            Type<TripEvent.Spent>("trip", "spent"),
        ]));
        model.AddFamily(new EventFamily("audit", typeof(AuditEvent), [Type<AuditEvent.Noted>("audit", "noted")]));
        model.AddAggregate<Trip, TripEvent>();
        model.AddAggregate<TripCost, TripEvent>();
        model.AddExplainer(_ => new TripExplainer());
        model.AddInvariant(InvariantRule.OverState<TripCost, TripEvent>(
            "cheap", "A trip costs no more than ten dollars to plan.", monotone: true, (cost, _) => InvariantResult.Check(cost.Usd <= 10, FormattableString.Invariant($"it cost ${cost.Usd:0.00}"))));
        model.AddInvariant(InvariantRule.OverEvent<TripEvent.Failed>(
            "tools-work", "No tool fails.", monotone: false, (failed, _) => InvariantResult.Fails($"{failed.Tool}: {failed.Message}")));
        model.AddInvariant(InvariantRule.OverEvent<TripEvent.Answered>(
            "answers-say-something", "An answer is not empty.", monotone: false, (answered, _) => InvariantResult.Check(answered.Text.Length > 0, "the answer is empty")));
    }

    internal static EventType<TEvent> Type<TEvent>(string family, string name)
        where TEvent : class => new(family, name, 1, "", new PlainConverter<TEvent>());

    /// <summary>The payloads as System.Text.Json writes them.</summary>
    private sealed class PlainConverter<T> : JsonConverter<T>
    {
        private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonSerializer.Deserialize<T>(ref reader, Web);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, Web);
    }
}
