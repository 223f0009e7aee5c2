using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Nagare;

namespace ChatOps;

public interface ITool
{
    string Name { get; }

    Task<JsonElement> Call(JsonElement arguments, CancellationToken cancellation);
}

/// <summary>The loop: reads messages, records what it does, asks for approval.</summary>
public sealed class Agent(IJournal journal, IAggregateRepository<Conversation> conversations, IEnumerable<ITool> tools, Channel<string> inbox)
{
    private readonly Dictionary<string, ITool> _tools = tools.ToDictionary(static tool => tool.Name);
    private int _handled;

    public int Handled => _handled;

    public async Task Run(string id, CancellationToken cancellation)
    {
        var stream = Conversation.Stream(id);
        await journal.Append(stream, ExpectedVersion.NoStream, [new ConversationEvent.Began("#ops", "ada", "small")], new EventMetadata { Actor = "agent" }, cancellation);
        await foreach (var text in inbox.Reader.ReadAllAsync(cancellation))
        {
            using (EventScope.Begin(new EventMetadata { Actor = "user:ada" }))
            {
                await Handle(stream, text, cancellation);
            }

            _handled++;
        }
    }

    private async ValueTask Handle(StreamId stream, string text, CancellationToken cancellation)
    {
        var (state, version) = await conversations.Load(stream, cancellation);
        if (state.Awaiting.Count > 0 && text.StartsWith("approve", StringComparison.OrdinalIgnoreCase))
        {
            await conversations.Append(stream, ExpectedVersion.At(version), [new ConversationEvent.ApprovalGiven(text, "ada")], cancellation);
            return;
        }

        object[] events =
        [
            new ConversationEvent.UserSaid("ada", text),
            new ConversationEvent.AgentThought("call a tool", 0.5),
        ];
        await conversations.Append(stream, ExpectedVersion.At(version), events, cancellation);
        foreach (var tool in _tools.Values)
        {
            await CallTool(stream, tool, cancellation);
        }
    }

    private async Task CallTool(StreamId stream, ITool tool, CancellationToken cancellation)
    {
        var call = Guid.NewGuid().ToString("N");
        using var arguments = JsonDocument.Parse("{}");
        await journal.Append(stream, ExpectedVersion.Exists, [new ConversationEvent.ToolCalled(call, tool.Name, arguments.RootElement.Clone())], cancellation);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        try
        {
            var result = await tool.Call(arguments.RootElement, cancellation);
            await journal.Append(stream, ExpectedVersion.Exists, [new ConversationEvent.ToolReturned(call, result, Error: null, (int)watch.ElapsedMilliseconds)], cancellation);
        }
        catch (HttpRequestException failure)
        {
            var error = new ToolError("http", failure.Message, Severity.High);
            await journal.Append(stream, ExpectedVersion.Exists, [new ConversationEvent.ToolReturned(call, Result: null, error, (int)watch.ElapsedMilliseconds)], CancellationToken.None);
        }
        finally
        {
            await Flush();
        }

        async Task Flush() => await journal.Head(CancellationToken.None);
    }

    public async Task<IReadOnlyList<string>> Why(Guid answer, ILineage lineage, CancellationToken cancellation)
    {
        var graph = await lineage.Causes(answer, cancellation);
        return graph.ToProse().Split('\n');
    }

    // Event handlers of a user interface are async void, and none of ours.
    public async void OnClick(object? sender, EventArgs e) => await inbox.Writer.WriteAsync("clicked");
}

[EventModel]
public sealed partial class ChatOpsModel;

public static class Program
{
    public static void Serve(IServiceCollection services, Func<IServiceProvider, Nagare.Storage.IJournalStorage> storage)
    {
        services.AddSingleton(Channel.CreateUnbounded<string>());
        services.AddNagare(nagare =>
        {
            nagare.AddModel<ChatOpsModel>();
            nagare.UseStorage(storage);
        });
    }
}
