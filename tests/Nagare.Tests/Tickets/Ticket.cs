using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nagare.Tests.Tickets;

public sealed record CloseTicket(string Reason) : ICommand<Ticket>;

public sealed record CommentTicket(string Text) : ICommand<Ticket>;

public sealed record ForgetTicket : ICommand<Ticket>;

/// <summary>An immutable state that describes itself.</summary>
public sealed record Ticket(string? Title, ImmutableList<string> Comments, bool IsClosed) : IAggregate<Ticket, TicketEvent>
{
    public static Ticket Initial { get; } = new(null, [], false);

    public static StreamId Stream(string id) => new("ticket", id);

    public static Ticket Evolve(Ticket state, TicketEvent e) => e switch
    {
        TicketEvent.Opened opened => state with { Title = opened.Title },
        TicketEvent.Commented commented => state with { Comments = state.Comments.Add(commented.Text) },
        TicketEvent.Closed => state with { IsClosed = true },
        _ => state,
    };

    public static Decision<TicketEvent> Decide(Ticket state, ICommand<Ticket> command, DecisionContext at) => command switch
    {
        CloseTicket when state.IsClosed => Decision.Reject<TicketEvent>("it is closed already", "closed"),
        CloseTicket close => new TicketEvent.Closed($"{close.Reason} at {at.Now:O}, after v{at.Version} of {at.StreamId}"),
        CommentTicket comment when state.IsClosed && comment.Text.Length == 0 => Decision.Ignore<TicketEvent>(),
        CommentTicket comment => new TicketEvent.Commented(comment.Text),
        _ => throw new CommandNotHandledException(typeof(Ticket), command.GetType()),
    };

    public static void Describe(Ticket state, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("title", state.Title);
        writer.WriteStartArray("comments");
        foreach (var comment in state.Comments)
        {
            writer.WriteStartObject();
            writer.WriteString("text", comment);
            writer.WriteNumber("length", comment.Length);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteBoolean("isClosed", state.IsClosed);
        writer.WriteEndObject();
    }
}

/// <summary>A mutable state that is described by a JSON type.</summary>
public sealed class TicketTally : IAggregate<TicketTally, TicketEvent>
{
    public static TicketTally Initial => new();

    public int Events { get; set; }

    public Dictionary<string, int> Kinds { get; init; } = [];

    public static TicketTally Evolve(TicketTally state, TicketEvent e)
    {
        state.Events++;
        state.Kinds[e.GetType().Name] = state.Kinds.GetValueOrDefault(e.GetType().Name) + 1;
        return state;
    }
}

/// <summary>Folds the other family.</summary>
public sealed record InvoiceTotal(decimal Sum) : IAggregate<InvoiceTotal, InvoiceEvent>
{
    public static InvoiceTotal Initial { get; } = new(0m);

    public static InvoiceTotal Evolve(InvoiceTotal state, InvoiceEvent e) => e is InvoiceEvent.Sent sent ? new(state.Sum + sent.Amount) : state;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TicketTally))]
internal sealed partial class TicketJson : JsonSerializerContext;
