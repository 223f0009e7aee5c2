using System.Data.Common;
using System.Net;
using Nagare.Storage;

namespace Nagare.Torture;

/// <summary>One way to keep a journal, as the torture needs it. To add a database is to write one of these, a file each, and to name it in <see cref="Backends"/>.</summary>
public abstract class Backend
{
    /// <summary>How long a connection may take: a server that recovers on a busy machine takes its time. In seconds.</summary>
    protected const int ConnectSeconds = 120;

    /// <summary>What <c>--on</c> calls it.</summary>
    public abstract string Name { get; }

    /// <summary>What people call it.</summary>
    public abstract string Title { get; }

    /// <summary>The variable that says where its server is; null where it needs none.</summary>
    public abstract string? Variable { get; }

    /// <summary>Makes a place for one journal, new and empty.</summary>
    /// <param name="server">The server's connection string; empty where there is none.</param>
    public abstract Task<Place> NewPlace(string server);

    /// <summary>A journal in the place that this text tells, not open yet. Any process can ask.</summary>
    /// <param name="address">What <see cref="Place.Address"/> says.</param>
    /// <param name="busyTimeout">How long a write waits for other writers; null for the provider's own choice.</param>
    public abstract IJournalStorage Journal(string address, TimeSpan? busyTimeout = null);

    /// <summary>A plain connection beside the journal.</summary>
    public abstract Task<DbConnection> Connect(string address);

    /// <summary>Begins a transaction that took what a writer takes first: nobody else can append until it ends.</summary>
    public abstract Task<DbTransaction> TakeHead(DbConnection connection);

    /// <summary>Begins a transaction that has seen the journal, and from which a naive feed would wait for something.</summary>
    public abstract Task<DbTransaction> StandBy(DbConnection connection);

    /// <summary>The newest event's position as a transaction sees it; 0 where there is none.</summary>
    public virtual async Task<long> LastPosition(DbTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "select coalesce(max(position), 0) from nagare_events";
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Inserts one event as a row, without the journal: for what a journal must survive, and for saboteurs.</summary>
    public abstract Task Insert(DbTransaction transaction, RawEvent e);

    /// <summary>How many connections of journals in this place the server still knows, asked while none of <see cref="Connect"/> is open.</summary>
    public abstract Task<long> CountSessions(string address);

    /// <summary>The process on this machine that serves one of the journal's connections; null where the server is one process.</summary>
    public virtual Task<int?> FindSessionProcess(string address) => Task.FromResult<int?>(null);

    /// <summary>The host and port that an address leads to; null where there is no network in between.</summary>
    public virtual DnsEndPoint? EndPointOf(string address) => null;

    /// <summary>The same address at another host and port.</summary>
    public virtual string At(string address, DnsEndPoint endPoint) => throw new NotSupportedException($"Nothing lies between {Title} and its journal.");

    /// <summary>Where its server is, or null where nobody says.</summary>
    public string? Server => Variable is null ? "" : Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server ? server : null;

    /// <inheritdoc/>
    public override string ToString() => Title;

    /// <summary>Runs one statement.</summary>
    protected static async Task Execute(DbConnection connection, string sql, DbTransaction? transaction = null)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A name for a place that no other has.</summary>
    protected static string NewName() => $"nagare_torture_{Guid.NewGuid():n}";
}

/// <summary>The place of one journal. Disposing it removes it.</summary>
/// <param name="address">The text by which any process opens it.</param>
/// <param name="remove">Removes it.</param>
public sealed class Place(string address, Func<Task> remove) : IAsyncDisposable
{
    /// <summary>The text by which any process opens it.</summary>
    public string Address { get; } = address;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await remove();
}

/// <summary>An event as a row.</summary>
public sealed record RawEvent(long Position, string StreamId, long Version, Guid EventId, byte[] Data);
