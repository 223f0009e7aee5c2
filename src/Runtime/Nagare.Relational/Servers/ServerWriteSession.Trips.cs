using System.Data.Common;
using System.Runtime.CompilerServices;

namespace Nagare.Storage;

// How a statement, a batch or a kept command goes over the network, and how its answers are read.
public abstract partial class ServerWriteSession
{
    /// <summary>Runs one statement as plain text in the session's transaction. Returns the first value it gives, or null.</summary>
    protected async ValueTask<object?> Execute(string sql, CancellationToken cancellationToken)
    {
        try
        {
            await Connect(cancellationToken).ConfigureAwait(false);
            var command = _connection!.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                command.Transaction = _transaction;
                command.CommandText = sql;
                return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (ServerErrors.IsOfClient(failure))
        {
            throw ServerErrors.From(dialect, failure);
        }
    }

    /// <summary>Runs one trip: fills a batch, sends it, and lets its result sets be read.</summary>
    /// <param name="fill">Adds the commands.</param>
    /// <param name="read">Reads the result sets, from the first; null where none is of interest.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    protected async ValueTask Run(Action<DbBatch> fill, Func<DbDataReader, CancellationToken, ValueTask>? read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fill);
        try
        {
            await Connect(cancellationToken).ConfigureAwait(false);
            var batch = _connection!.CreateBatch();
            await using (batch.ConfigureAwait(false))
            {
                fill(batch);
                if (batch.BatchCommands.Count > 0)
                {
                    await Send(batch, read, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (Exception failure) when (ServerErrors.IsOfClient(failure))
        {
            throw ServerErrors.From(dialect, failure);
        }
    }

    /// <summary>Runs one trip with a batch that its dialect keeps as long as the connection, which it is given.</summary>
    /// <param name="batchOn">Gives the batch, filled.</param>
    /// <param name="read">Reads the result sets, from the first; null where none is of interest.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    protected async ValueTask RunKept(Func<DbConnection, DbBatch> batchOn, Func<DbDataReader, CancellationToken, ValueTask>? read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batchOn);
        try
        {
            await Connect(cancellationToken).ConfigureAwait(false);
            await Send(batchOn(_connection!), read, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (ServerErrors.IsOfClient(failure))
        {
            throw ServerErrors.From(dialect, failure);
        }
    }

    /// <summary>Runs one trip with a command that its dialect keeps as long as the connection, which it is given.</summary>
    /// <param name="commandOn">Gives the command, filled.</param>
    /// <param name="read">Reads the result sets, from the first; null where none is of interest.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    protected async ValueTask RunKeptCommand(Func<DbConnection, DbCommand> commandOn, Func<DbDataReader, CancellationToken, ValueTask>? read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commandOn);
        try
        {
            await Connect(cancellationToken).ConfigureAwait(false);
            var command = commandOn(_connection!);
            command.Transaction = _transaction;
            try
            {
                await Prepare(command, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                // A kept command stores by itself, and was not sent.
                MayHaveCommitted = false;
                throw;
            }

            await ReadAll(await Execute(command, cancellationToken).ConfigureAwait(false), read, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (ServerErrors.IsOfClient(failure))
        {
            throw ServerErrors.From(dialect, failure);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask Send(DbBatch batch, Func<DbDataReader, CancellationToken, ValueTask>? read, CancellationToken cancellationToken)
    {
        batch.Transaction = _transaction;
        await Prepare(batch, cancellationToken).ConfigureAwait(false);
        await ReadAll(await Execute(batch, cancellationToken).ConfigureAwait(false), read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a batch; a dialect whose client has a cheaper way than the common one takes that.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    protected virtual async ValueTask<DbDataReader> Execute(DbBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a command, in the same way.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    protected virtual async ValueTask<DbDataReader> Execute(DbCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        return await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask ReadAll(DbDataReader rows, Func<DbDataReader, CancellationToken, ValueTask>? read, CancellationToken cancellationToken)
    {
        await using (rows.ConfigureAwait(false))
        {
            if (read is not null)
            {
                await read(rows, cancellationToken).ConfigureAwait(false);
            }

            // An error of a later statement comes with its place among the results: all of them have to be read.
            while (await rows.NextResultAsync(cancellationToken).ConfigureAwait(false))
            {
            }
        }
    }
}
