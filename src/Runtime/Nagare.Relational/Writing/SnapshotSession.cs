namespace Nagare.Storage;

/// <summary>One connection that keeps snapshots, as a database provides it, apart from the one that writes events. Used by one caller at a time.</summary>
public abstract class SnapshotSession : IAsyncDisposable
{
    /// <summary>Keeps a snapshot in the place of the one before it, in a transaction of its own. It need not survive a loss of power.</summary>
    public abstract ValueTask Write(StoredSnapshot snapshot, CancellationToken cancellationToken);

    /// <summary>Closes the connection.</summary>
    public abstract ValueTask DisposeAsync();
}
