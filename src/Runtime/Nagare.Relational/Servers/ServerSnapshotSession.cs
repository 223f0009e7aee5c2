using System.Data.Common;

namespace Nagare.Storage;

/// <summary>The connection to a server that keeps snapshots. Whatever fails closes it, and the next snapshot connects anew.</summary>
internal sealed class ServerSnapshotSession(ServerDialect dialect) : SnapshotSession
{
    private DbConnection? _connection;

    public override async ValueTask Write(StoredSnapshot snapshot, CancellationToken cancellationToken)
    {
        try
        {
            _connection ??= await dialect.Connect(ServerConnectionUse.Write, cancellationToken).ConfigureAwait(false);
            var command = dialect.CreateWriteSnapshot(_connection, snapshot);
            await using (command.ConfigureAwait(false))
            {
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception failure)
        {
            await DisposeAsync().ConfigureAwait(false);
            if (ServerErrors.IsOfClient(failure))
            {
                throw ServerErrors.ForReader(dialect, failure);
            }

            throw;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
