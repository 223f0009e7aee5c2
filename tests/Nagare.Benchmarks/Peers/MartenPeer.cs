using JasperFx;
using JasperFx.Events;
using Marten;
using Nagare.Benchmarks.Events;
using Nagare.Benchmarks.Measuring;

namespace Nagare.Benchmarks.Peers;

/// <summary>Marten as its documentation sets it up: string ids, System.Text.Json, metadata off, nothing tuned.</summary>
internal sealed class MartenPeer : IAsyncDisposable
{
    private const string Replayed = "replayed";

    private readonly DocumentStore _store;

    // Goes on from slot to slot, so that every stream is new.
    private int _run;

    private MartenPeer(DocumentStore store) => _store = store;

    /// <param name="connectionString">Where.</param>
    /// <param name="schema">A schema that nobody else uses; it is created.</param>
    /// <param name="mode">How it appends; null leaves its default.</param>
    public static async Task<MartenPeer> Open(string connectionString, string schema, EventAppendMode? mode = null)
    {
        var store = DocumentStore.For(options =>
        {
            options.Connection(connectionString);
            options.DatabaseSchemaName = schema;
            options.Events.StreamIdentity = StreamIdentity.AsString;
            options.AutoCreateSchemaObjects = AutoCreate.All;
            options.UseSystemTextJsonForSerialization();
            options.Events.AddEventType<PeerEvent>();
            options.DisableNpgsqlLogging = true;
            if (mode is { } chosen)
            {
                options.Events.AppendMode = chosen;
            }
        });
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        return new MartenPeer(store);
    }

    public Variant Single(int callers) => new($"Marten, {callers} callers", slot =>
    {
        var run = ++_run;
        return Callers.Run(callers, slot, (caller, count) => Append($"{run}-{JournalAppends.Stream(caller, count)}", PeerEvent.Make(count)));
    });

    public Variant Batches(int size) => new($"Marten, batches of {size}", slot =>
    {
        var run = ++_run;
        return Callers.Run(callers: 1, slot, (_, count) => Append($"{run}-b{count}", [.. Enumerable.Range(count * size, size).Select(object (i) => PeerEvent.Make(i))]), size);
    });

    /// <summary>Folds one stream of so many events, again and again.</summary>
    public async Task<Variant> Aggregate(int events)
    {
        await Append(Replayed, [.. Enumerable.Range(0, events).Select(object (i) => PeerEvent.Make(i))]);
        return new Variant("Marten, AggregateStream", slot => Callers.Run(
            callers: 1,
            slot,
            async (_, _) =>
            {
                await using var session = _store.LightweightSession();
                var totals = await session.Events.AggregateStreamAsync<PeerTotals>(Replayed);
                if (totals?.Calls != events)
                {
                    throw new InvalidOperationException($"Marten folded {totals?.Calls} of {events} events.");
                }
            },
            events));
    }

    public async ValueTask DisposeAsync() => await _store.DisposeAsync();

    private async Task Append(string stream, params object[] events)
    {
        await using var session = _store.LightweightSession();
        session.Events.Append(stream, events);
        await session.SaveChangesAsync();
    }
}
