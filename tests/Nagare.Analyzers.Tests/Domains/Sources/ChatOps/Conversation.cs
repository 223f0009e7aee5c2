using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nagare;
using static Nagare.InvariantResult;

namespace ChatOps;

// Style: an agent in a chat; events carry raw JSON, tool calls and costs, names are left to the generator, dispatch is half by hand.
[EventFamily("conversation")]
public abstract partial record ConversationEvent
{
    [Event] public sealed record Began(string Channel, string User, string Model) : ConversationEvent;

    [Event, Explain("{User} said", "{Text}", Tags = ["user={User}"])]
    public sealed record UserSaid(string User, string Text) : ConversationEvent;

    [Event] public sealed record AgentThought([property: JsonPropertyName("thought")] string Text, double? Confidence) : ConversationEvent;

    [Event] public sealed record ToolCalled(string CallId, string Tool, JsonElement Arguments) : ConversationEvent;

    [Event] public sealed record ToolReturned(string CallId, JsonElement? Result, ToolError? Error, int LatencyMs) : ConversationEvent;

    [Event, Explain("Answered", "{Text}", Detail = "{ \"tokens\": {Usage.Tokens} }")]
    public sealed record Answered(string Text, Usage Usage) : ConversationEvent;

    [Event] public sealed record ApprovalAsked(string Action, ImmutableArray<string> Approvers) : ConversationEvent;

    [Event] public sealed record ApprovalGiven(string Action, string By) : ConversationEvent;

    [Event] public sealed record FileSeen(string Name, byte[] Thumbnail, long Bytes) : ConversationEvent;
}

[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
public enum Severity { Low, High }

public sealed record ToolError(string Code, string Message, Severity Severity);

public sealed record Usage(int Tokens, decimal CostUsd)
{
    public static Usage None { get; } = new(0, 0);

    public static Usage operator +(Usage left, Usage right) => new(left.Tokens + right.Tokens, left.CostUsd + right.CostUsd);
}

[Aggregate]
public sealed partial record Conversation : IAggregate<Conversation, ConversationEvent>
{
    private static readonly Dictionary<string, decimal> PricePerThousand = new(StringComparer.OrdinalIgnoreCase) { ["small"] = 0.1m, ["large"] = 2m };

    public string Model { get; init; } = "";
    public Usage Used { get; init; } = Usage.None;
    public ImmutableDictionary<string, ToolCall> Open { get; init; } = ImmutableDictionary<string, ToolCall>.Empty;
    public ImmutableStack<string> Said { get; init; } = [];
    public ImmutableHashSet<string> Awaiting { get; init; } = [];
    public int Failures { get; init; }

    Conversation Apply(ConversationEvent.Began e) => this with { Model = e.Model };
    Conversation Apply(ConversationEvent.UserSaid e) => this with { Said = Said.Push(e.Text) };
    Conversation Apply(ConversationEvent.AgentThought e) => this;
    Conversation Apply(ConversationEvent.FileSeen e) => this;
    Conversation Apply(ConversationEvent.ToolCalled e) => this with { Open = Open.Add(e.CallId, new ToolCall(e.Tool, e.Arguments.ToString())) };

    Conversation Apply(ConversationEvent.ToolReturned e)
    {
        var open = Open.Remove(e.CallId);
        return e.Error is null ? this with { Open = open } : this with { Open = open, Failures = Failures + 1 };
    }

    Conversation Apply(ConversationEvent.Answered e)
    {
        var price = PricePerThousand.TryGetValue(Model, out var known) ? known : 1m;
        return this with { Used = Used + e.Usage with { CostUsd = e.Usage.Tokens / 1000m * price } };
    }

    Conversation Apply(ConversationEvent.ApprovalAsked e)
    {
        var words = new List<string>(e.Approvers.Length);
        foreach (var approver in e.Approvers)
        {
            words.Add(approver.ToLowerInvariant());
        }

        words.Sort(StringComparer.Ordinal);
        return this with { Awaiting = Awaiting.Union(words) };
    }

    Conversation Apply(ConversationEvent.ApprovalGiven e) => this with { Awaiting = Awaiting.Remove(e.By) };
}

public sealed record ToolCall(string Tool, string Arguments);

[Explainer]
public sealed partial class ConversationExplainer(TimeProvider clock) : IEventExplainer<ConversationEvent>
{
    Explanation Explain(ConversationEvent.Began e, Envelope at) => new($"Began {(clock.GetUtcNow() - at.RecordedAt).TotalDays:0} days ago", e.Channel);
    Explanation Explain(ConversationEvent.AgentThought e) => new("Thought", e.Text);
    Explanation Explain(ConversationEvent.ToolCalled e) => new($"Called {e.Tool}");
    static Explanation Explain(ConversationEvent.ToolReturned e) => new(e.Error is null ? "Returned" : "Failed", e.Error?.Message ?? "");
    Explanation Explain(ConversationEvent.ApprovalAsked e) => new("Asked", e.Action);
    Explanation Explain(ConversationEvent.ApprovalGiven e) => new("Approved", e.By);
    Explanation Explain(ConversationEvent.FileSeen e) => new("Saw a file", e.Name);
}

internal static class ConversationRules
{
    [Invariant("conversations-are-cheap", "A conversation costs less than five dollars.", Monotone = true)]
    internal static InvariantResult Cheap(Conversation conversation) => Check(conversation.Used.CostUsd < 5, $"{conversation.Used.CostUsd}");

    [Invariant("tools-are-quick", "Tools answer within a minute.")]
    internal static InvariantResult Quick(ConversationEvent.ToolReturned e) => e.LatencyMs < 60_000 ? Holds : Fails($"{e.LatencyMs} ms");

    // Not a rule: nobody marked it.
    private static bool Same(Conversation left, Conversation right) => left == right;
}
