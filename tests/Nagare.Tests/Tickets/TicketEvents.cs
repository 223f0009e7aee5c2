using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nagare.Tests.Tickets;

// A family written out by hand, so that what is tested here does not depend on what the generators write.
public abstract record TicketEvent
{
    public sealed record Opened(string Title, string Customer) : TicketEvent;

    public sealed record Commented(string Text) : TicketEvent;

    /// <summary>Carries JSON as it came, bytes and all.</summary>
    public sealed record Attached(string Name, JsonElement Content) : TicketEvent;

    public sealed record Closed(string Reason) : TicketEvent;
}

public abstract record InvoiceEvent
{
    public sealed record Sent(decimal Amount) : InvoiceEvent;
}

/// <summary>No model lists it.</summary>
public sealed record Stranger(string Name);

internal sealed class WireConverter<T>(Func<JsonElement, T> read, Action<Utf8JsonWriter, T> write) : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(JsonElement.ParseValue(ref reader));

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        write(writer, value);
        writer.WriteEndObject();
    }
}

public sealed class TicketModel : IEventModel
{
    public static EventFamily Tickets { get; } = new("ticket", typeof(TicketEvent),
    [
        Type<TicketEvent.Attached>("attached", "name string\ncontent json",
            json => new(json.GetProperty("name").GetString()!, json.GetProperty("content").Clone()),
            (json, e) =>
            {
                json.WriteString("name", e.Name);
                json.WritePropertyName("content");
                json.WriteRawValue(e.Content.GetRawText());
            }),
        Type<TicketEvent.Closed>("closed", "reason string", json => new(json.GetProperty("reason").GetString()!), (json, e) => json.WriteString("reason", e.Reason)),
        Type<TicketEvent.Commented>("commented", "text string", json => new(json.GetProperty("text").GetString()!), (json, e) => json.WriteString("text", e.Text)),
        Type<TicketEvent.Opened>("opened", "title string\ncustomer string",
            json => new(json.GetProperty("title").GetString()!, json.GetProperty("customer").GetString()!),
            (json, e) =>
            {
                json.WriteString("title", e.Title);
                json.WriteString("customer", e.Customer);
            },
            new ExplanationTemplate("Opened: {Title}", "", null, "{Customer}", ["kind=ticket"])),
    ]);

    public static EventFamily Invoices { get; } = new("invoice", typeof(InvoiceEvent),
    [
        Type<InvoiceEvent.Sent>("sent", "amount decimal", json => new(json.GetProperty("amount").GetDecimal()), (json, e) => json.WriteNumber("amount", e.Amount), family: "invoice"),
    ]);

    public static void Register(EventModelBuilder model)
    {
        model.AddFamily(Tickets);
        model.AddFamily(Invoices);
        model.AddAggregate<Ticket, TicketEvent>();
        model.AddAggregate<TicketTally, TicketEvent>(TicketJson.Default.TicketTally);
        model.AddCommand<CloseTicket>("close-ticket");
    }

    public static EventModel Build()
    {
        var builder = new EventModelBuilder();
        Register(builder);
        return builder.Build();
    }

    /// <summary>The model of a build that does not know every event yet.</summary>
    public static EventModel BuildWithout(params string[] names)
    {
        var builder = new EventModelBuilder();
        builder.AddFamily(Tickets with { Events = [.. Tickets.Events.Where(e => !names.Contains(e.Name))] });
        builder.AddFamily(Invoices);
        return builder.Build();
    }

    private static EventType<T> Type<T>(string name, string schema, Func<JsonElement, T> read, Action<Utf8JsonWriter, T> write, ExplanationTemplate? template = null, string family = "ticket")
        where T : class => new(family, name, 1, schema, new WireConverter<T>(read, write), template);
}
