using System.Data.Common;
using Nagare.Storage;

namespace Nagare.Providers.Tests;

/// <summary>Tests that every provider has in common: a provider's test project links this folder, and derives a class from each of these.</summary>
public abstract class ProviderPromises
{
    /// <summary>How many sessions a journal has at most: one that writes, and as many that read as its options say.</summary>
    protected const int MaxSessions = 9;

    /// <summary>A place for one journal, new and empty, gone with the test.</summary>
    protected abstract ValueTask<ITestPlace> NewPlace();

    /// <summary>Opens a journal that hardly waits for others. Its tables are made before, with patience: who makes tables waits for others that do.</summary>
    protected static async Task<RelationalJournal> OpenHasty(ITestPlace place, AppendQueueLimits? queue = null)
    {
        await (await place.Open()).DisposeAsync();
        return await place.Open(busyTimeout: TimeSpan.FromMilliseconds(30), queue);
    }
}

/// <summary>The place of one journal, and a door to it beside the journal.</summary>
public interface ITestPlace : IAsyncDisposable
{
    /// <summary>Opens a journal there, creating its tables where they are missing.</summary>
    Task<RelationalJournal> Open(TimeSpan? busyTimeout = null, AppendQueueLimits? queue = null);

    /// <summary>Takes what a writer takes, in a transaction of its own, until it is disposed.</summary>
    Task<IAsyncDisposable> HoldHead();

    /// <summary>A plain connection, as the application has one beside the journal.</summary>
    Task<DbConnection> Connect();

    /// <summary>A plain connection to another database of the same kind.</summary>
    Task<DbConnection> ConnectElsewhere();

    /// <summary>Begins a transaction in which a journal may append, and takes nothing of what writers take.</summary>
    Task<DbTransaction> Begin(DbConnection connection);

    /// <summary>Makes a table of the application's own, of a text <c>id</c> and a number <c>n</c>. Returns what statements call it, also those of code that takes part in an append.</summary>
    Task<string> CreateTable();

    /// <summary>A number that another change of the schema makes another.</summary>
    Task<long> CountSchemaChanges();
}

/// <summary>A place on a server, which counts its sessions and may end them.</summary>
public interface IServerPlace : ITestPlace
{
    /// <summary>How many sessions the journals in the place have.</summary>
    Task<int> CountSessions();

    /// <summary>Ends the sessions of the journals in the place, as an administrator would.</summary>
    Task EndSessions();
}
