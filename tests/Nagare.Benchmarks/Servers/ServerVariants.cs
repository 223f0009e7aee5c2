using System.Data;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Nagare.Benchmarks.Events;
using Nagare.Benchmarks.Measuring;

namespace Nagare.Benchmarks.Servers;

/// <summary>Ways to append to a server and to read from it, ours and raw. Each slot begins with fresh tables that already hold some events.</summary>
internal sealed class ServerVariants(BenchServer server)
{
    /// <summary>How long the stream is that is folded.</summary>
    public const int ReplayedEvents = 10_000;

    // Enough that every statement is prepared and every connection warm before the time begins.
    private const int EventsBeforehand = 1_000;

    private static readonly StreamId Replayed = new("bench", "replayed");

    /// <summary>Independent writers with a connection each. The positions are the database's own: gaps, and no order that a reader could trust.</summary>
    public Variant Raw(int writers) => Raw(writers, $"raw, {writers} writers", (journal, e) => journal.Insert(e));

    /// <summary>The same, each row in a transaction that its caller begins and commits.</summary>
    public Variant RawInTransaction(int writers) => Raw(writers, $"raw, {writers} writers' own transactions", (journal, e) => journal.InsertInTransaction(e));

    private Variant Raw(int writers, string name, Func<IRawJournal, RawEvent, Task> insert) => new(name, async slot =>
    {
        await using var place = await RawPlace();
        var journals = new List<IRawJournal>();
        try
        {
            for (var i = 0; i < writers; i++)
            {
                var journal = await server.ConnectRaw(place);
                journals.Add(journal);
                await journal.Insert(RawEvent.Make(BenchEvent.Make(i), $"bench/warm-{i}", 1));
            }

            return await Callers.Run(writers, slot, (writer, count) =>
                insert(journals[writer], RawEvent.Make(BenchEvent.Make(count), JournalAppends.Stream(writer, count).ToString(), (count % JournalAppends.EventsPerStream) + 1)));
        }
        finally
        {
            foreach (var journal in journals)
            {
                await journal.DisposeAsync();
            }
        }
    });

    public Variant RawBatch(int size) => new($"raw, batches of {size}", async slot =>
    {
        await using var place = await RawPlace();
        await using var journal = await server.ConnectRaw(place);
        await journal.InsertBatch(Batch(size, "bench/warm"));
        return await Callers.Run(callers: 1, slot, (_, count) => journal.InsertBatch(Batch(size, $"bench/b{count}")), operationsEach: size);
    });

    public Variant Journal(int callers) => new($"journal, {callers} callers", async slot =>
    {
        await using var place = await server.NewPlace();
        await using var services = await FilledJournal(place);
        return await JournalAppends.Single(services.GetRequiredService<IJournal>(), callers, slot);
    });

    /// <summary>Each append in a transaction that its caller begins and commits: until then no other writer gets on.</summary>
    public Variant JournalInTransaction(int callers) => new($"journal, {callers} callers' own transactions", async slot =>
    {
        await using var place = await server.NewPlace();
        await using var services = await FilledJournal(place);
        var journal = services.GetRequiredService<IJournal>();
        var connections = new List<DbConnection>();
        try
        {
            // As raw writers do, each connection meets its tables before the slot.
            for (var i = 0; i < callers; i++)
            {
                connections.Add(await server.Connect());
                await Append(connections[i], StreamId.Parse($"bench/warm-{i}"), version: 0, i);
            }

            return await Callers.Run(callers, slot, (caller, count) =>
                Append(connections[caller], JournalAppends.Stream(caller, count), count % JournalAppends.EventsPerStream, count));
        }
        finally
        {
            foreach (var connection in connections)
            {
                await connection.DisposeAsync();
            }
        }

        async Task Append(DbConnection connection, StreamId stream, long version, int number)
        {
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);
            await journal.AppendIn(transaction, stream, ExpectedVersion.At(version), [BenchEvent.Make(number)]);
            await transaction.CommitAsync();
        }
    });

    public Variant JournalBatch(int size) => new($"journal, batches of {size}", async slot =>
    {
        await using var place = await server.NewPlace();
        await using var services = await FilledJournal(place);
        return await JournalAppends.Batches(services.GetRequiredService<IJournal>(), size, slot);
    });

    /// <summary>A place with one long stream, for the two that follow.</summary>
    public async Task<BenchPlace> FillForReplay()
    {
        var place = await server.NewPlace();
        await using var services = await place.OpenJournal();
        await JournalAppends.Fill(services.GetRequiredService<IJournal>(), ReplayedEvents, Replayed);
        return place;
    }

    public Variant RawReplay(BenchPlace place) => new("raw pages, folded", async slot =>
    {
        await using var journal = await server.ConnectRaw(place);
        return await Repeat(slot, () => journal.Replay(Replayed.ToString()));
    });

    public static Variant Load(BenchPlace place) => new("repository.Load", async slot =>
    {
        await using var services = await place.OpenJournal();
        var repository = services.GetRequiredService<IAggregateRepository<BenchTotals>>();
        return await Repeat(slot, async () => (await repository.Load(Replayed)).State.Calls);
    });

    private static async Task<Sample> Repeat(TimeSpan slot, Func<Task<long>> replay)
    {
        var watch = Stopwatch.StartNew();
        long read = 0;
        while (watch.Elapsed < slot)
        {
            read += await replay() is ReplayedEvents and var all ? all : throw new InvalidOperationException("Events are missing.");
        }

        return new Sample(read, watch.Elapsed);
    }

    private static List<RawEvent> Batch(int size, string stream) => [.. Enumerable.Range(0, size).Select(i => RawEvent.Make(BenchEvent.Make(i), stream, i + 1))];

    private async Task<BenchPlace> RawPlace()
    {
        var place = await server.NewPlace();
        await server.MakeRaw(place);
        return place;
    }

    private static async Task<ServiceProvider> FilledJournal(BenchPlace place)
    {
        var services = await place.OpenJournal();
        await JournalAppends.Fill(services.GetRequiredService<IJournal>(), EventsBeforehand);
        return services;
    }
}
