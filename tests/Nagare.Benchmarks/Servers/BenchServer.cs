using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Nagare.Benchmarks.Events;

namespace Nagare.Benchmarks.Servers;

/// <summary>A database server as the benchmarks meet it: fresh journals, and the same tables for whoever writes rows by hand.</summary>
internal abstract class BenchServer
{
    private int _places;

    /// <summary>The group's name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>What people call it.</summary>
    public abstract string Title { get; }

    /// <summary>The environment variable that says where it is.</summary>
    public abstract string Variable { get; }

    /// <summary>What to do where there is none.</summary>
    public virtual string HowToHaveOne => $"eng/databases up {Name} starts a server";

    /// <summary>How the raw technique writes a batch.</summary>
    public abstract string BatchTechnique { get; }

    /// <summary>
    /// Whether a writer's batches by hand are many times what 32 writers' rows are, as T4's floor takes for granted. Where they are less than that floor,
    /// 128 callers are judged by those batches, which is the technique that serves them.
    /// </summary>
    public virtual bool BatchesBeatWriters => true;

    /// <summary>Where it is, or null where nobody said.</summary>
    public string? ConnectionString => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? text : null;

    /// <summary>What an acknowledged commit survives here, as the server says it.</summary>
    public abstract Task<string> Durability();

    /// <summary>Makes the tables of a journal that nobody else uses.</summary>
    public async Task<BenchPlace> NewPlace()
    {
        var place = new BenchPlace(this, $"nagare_bench_{Environment.ProcessId}_{++_places}");
        await Create(place);
        return place;
    }

    /// <summary>Tells the journal to use a place.</summary>
    public abstract void Use(NagareBuilder nagare, BenchPlace place);

    /// <summary>Takes the triggers from a place and gives its positions to the database, for raw techniques.</summary>
    public abstract Task MakeRaw(BenchPlace place);

    /// <summary>Connects to a place that <see cref="MakeRaw"/> prepared.</summary>
    public abstract Task<IRawJournal> ConnectRaw(BenchPlace place);

    /// <summary>
    /// What the client allocates for the raw technique's insert of a row by itself, in bytes, where that is about all that an append may allocate: then what
    /// it may is counted from there. 0 where it is not.
    /// </summary>
    public virtual Task<double> MeasureClient() => Task.FromResult(0.0);

    protected abstract Task Create(BenchPlace place);

    /// <summary>Removes a place with everything in it.</summary>
    public abstract Task Drop(BenchPlace place);

    /// <summary>A connection to the server, closed.</summary>
    protected abstract DbConnection Connection();

    /// <summary>A connection of a caller's own.</summary>
    public async Task<DbConnection> Connect()
    {
        var connection = Connection();
        await connection.OpenAsync();
        return connection;
    }

    protected async Task<object?> Scalar(string sql)
    {
        await using var connection = await Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    protected Task Execute(string sql) => Scalar(sql);
}

/// <summary>The tables of one journal; gone when it is disposed.</summary>
internal sealed record BenchPlace(BenchServer Server, string Name) : IAsyncDisposable
{
    /// <summary>A journal with its services, open.</summary>
    /// <param name="configure">Adds to it; null for nothing.</param>
    public async Task<ServiceProvider> OpenJournal(Action<NagareBuilder>? configure = null)
    {
        var services = new ServiceCollection()
            .AddNagare(nagare =>
            {
                Server.Use(nagare.AddModel<BenchModel>(), this);
                configure?.Invoke(nagare);
            })
            .BuildServiceProvider();
        await services.GetRequiredService<IJournal>().Head();
        return services;
    }

    public async ValueTask DisposeAsync() => await Server.Drop(this);
}

/// <summary>The raw technique: prepared statements on one connection, and nothing in between.</summary>
internal interface IRawJournal : IAsyncDisposable
{
    /// <summary>One row, committed by itself; the database gives the position.</summary>
    Task Insert(RawEvent e);

    /// <summary>One row in a transaction that the client's own calls begin and commit.</summary>
    Task InsertInTransaction(RawEvent e);

    /// <summary>Many rows in one statement, committed together.</summary>
    Task InsertBatch(IReadOnlyList<RawEvent> events);

    /// <summary>Reads a stream in pages, deserializes and folds it. Returns how many events there were.</summary>
    Task<long> Replay(string stream);
}
