using System.Data;
using System.Data.Common;

namespace Nagare.Storage;

// What a transaction that is shared needs: the caller's code in the journal's, and the journal's appends in the caller's.
public abstract partial class ServerWriteSession
{
    /// <summary>
    /// Makes a borrowed transaction the journal's for a while: a savepoint, and what its statements rest on, having noted what was set before. Runs in the
    /// caller's transaction; whoever is not on the journal's own database was refused already.
    /// </summary>
    protected virtual ValueTask EnterBorrowed(CancellationToken cancellationToken) => default;

    /// <summary>Undoes what <see cref="EnterBorrowed"/> did; without keeping, back to its savepoint.</summary>
    protected virtual ValueTask LeaveBorrowed(bool keepsWork, CancellationToken cancellationToken) => default;

    /// <summary>
    /// Adds to the trip that stores a borrowed transaction's events what <see cref="LeaveBorrowed"/> would do, keeping the work, in a trip of its own. Returns
    /// whether it did; a dialect whose insertions are counted here cannot, because a count that is wrong has to find the savepoint still there.
    /// </summary>
    protected virtual bool AddLeaveBorrowed(DbBatch batch) => false;

    /// <summary>Before a caller's code takes part: makes the session look like a connection of the caller's own, where the dialect set it up otherwise.</summary>
    protected virtual ValueTask EnterShared(CancellationToken cancellationToken) => default;

    /// <summary>After a caller's code took part: what the journal's own statements rest on, whatever the code did. A trip of its own, because a statement is prepared before the one in front of it runs.</summary>
    protected virtual ValueTask LeaveShared(CancellationToken cancellationToken) => default;

    /// <summary>Whether the session is in a caller's transaction, where nothing may be left that outlives it.</summary>
    protected bool IsBorrowed => _isBorrowed;

    /// <inheritdoc/>
    public override bool CanShare => true;

    /// <inheritdoc/>
    public override ValueTask StoreUncommitted(AppendPlan plan, IReadOnlyList<StoredEventType> newTypes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(newTypes);
        return Store(plan, newTypes, null, cancellationToken);
    }

    /// <inheritdoc/>
    public override async ValueTask Share(Func<DbConnection, DbTransaction, ValueTask> use)
    {
        ArgumentNullException.ThrowIfNull(use);
        var (connection, transaction) = (_connection!, _transaction!);
        await EnterShared(default).ConfigureAwait(false);
        try
        {
            await use(connection, transaction).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not StuckParticipantException)
        {
            // Code that ended the transaction before it failed may have stored the append, whatever it was told: then the journal is asked.
            MayHaveCommitted = await HasEnded(transaction).ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask CommitShared(Guid appendId, CancellationToken cancellationToken)
    {
        // From here on: code that committed by itself fails what follows, and has stored the append all the same.
        MayHaveCommitted = true;
        await LeaveShared(cancellationToken).ConfigureAwait(false);
        if ((await ReadAppend(appendId, 1, cancellationToken).ConfigureAwait(false)).Count == 0)
        {
            MayHaveCommitted = false;
            throw new JournalTransactionException("The code that takes part in an append rolled its transaction back; it has to leave that to the journal. Nothing was stored.");
        }

        try
        {
            await _transaction!.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DbException failure) when (failure.SqlState?.StartsWith(IntegrityViolation, StringComparison.Ordinal) == true)
        {
            // A constraint of the caller's own tables that waited for the commit: the journal's do not.
            MayHaveCommitted = false;
            throw new ParticipantException(failure);
        }
        catch (Exception failure) when (ServerErrors.IsOfClient(failure))
        {
            throw ServerErrors.From(dialect, failure);
        }

        // Settings, temporary tables, session locks: what the code left goes with the connection.
        await Reset().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask Abandon(Task holder)
    {
        ArgumentNullException.ThrowIfNull(holder);
        if (_connection is not { } connection)
        {
            return;
        }

        (_connection, _transaction) = (null, null);
        try
        {
            await dialect.EndSession(connection, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure) when (ServerErrors.IsOfClient(failure))
        {
            // A server that cannot be reached ends the session by itself.
        }

        // A client that two threads use at once does anything: it is closed when the code has left it.
        _ = holder.ContinueWith(static (_, state) => ((DbConnection)state!).Dispose(), connection, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public override async ValueTask Borrow(DbTransaction transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        if (ConnectionOf(transaction) is not { State: ConnectionState.Open } connection)
        {
            throw new JournalTransactionException($"The transaction in which the journal in {dialect.Place} should append has ended. Nothing was stored; append before the commit.");
        }

        if (!dialect.IsOwn(transaction))
        {
            throw new JournalTransactionException($"The journal in {dialect.Place} was given a {transaction.GetType()}, which is no transaction of {dialect.Name}'s client. Nothing was stored.");
        }

        (_connection, _transaction, _isBorrowed) = (connection, transaction, true);
        try
        {
            await dialect.CheckBorrowed(transaction, cancellationToken).ConfigureAwait(false);
            await EnterBorrowed(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            (_connection, _transaction, _isBorrowed) = (null, null, false);
            throw;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask GiveBack(bool keepsWork, CancellationToken cancellationToken)
    {
        try
        {
            if (_connection is { State: ConnectionState.Open } && !(keepsWork && _hasLeft))
            {
                await LeaveBorrowed(keepsWork, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            (_connection, _transaction, _isBorrowed, _hasLeft) = (null, null, false, false);
        }
    }

    // Null where it has ended; one client says so in an error.
    private static DbConnection? ConnectionOf(DbTransaction transaction)
    {
        try
        {
            return transaction.Connection;
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
    }

    // A transaction that can be rolled back had not ended.
    private static async ValueTask<bool> HasEnded(DbTransaction transaction)
    {
        try
        {
            await transaction.RollbackAsync().ConfigureAwait(false);
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
        catch (Exception failure) when (ServerErrors.IsOfClient(failure))
        {
            // It ended with its connection.
            return false;
        }
    }
}
