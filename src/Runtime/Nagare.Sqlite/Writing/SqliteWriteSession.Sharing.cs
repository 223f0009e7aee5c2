using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Nagare.Storage;

/// <summary>Transactions in which a caller's code takes part, and transactions of a caller in which the journal appends.</summary>
/// <remarks>
/// Both are transactions of Microsoft.Data.Sqlite, so that the caller's commands work in them. Its own way to begin with the lock waits in steps
/// of its own; here the transaction begins without, and the first statement takes the lock within the busy time-out of the journal.
/// </remarks>
internal sealed partial class SqliteWriteSession
{
    private SqliteTransaction? _transaction;
    private bool _isShared;
    private bool _isBorrowed;
    private int _callersBusyMilliseconds;

    public override bool CanShare => true;

    private bool IsOfClient => _isShared || _isBorrowed;

    public override async ValueTask<WriteAnswers> Ask(WriteQuestions questions, CancellationToken cancellationToken)
    {
        _isShared = questions.IsShared;
        try
        {
            return await base.Ask(questions, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _isShared = false;
        }
    }

    public override async ValueTask Share(Func<DbConnection, DbTransaction, ValueTask> use)
    {
        var transaction = _transaction!;
        try
        {
            await use(Current.Database.Connection, transaction).ConfigureAwait(false);
        }
        catch
        {
            // Code that committed before it failed has stored the append, whatever it was told: then the journal is asked.
            MayHaveCommitted = transaction.Connection is null || !Current.Database.IsInTransaction;
            throw;
        }
    }

    public override ValueTask CommitShared(Guid appendId, CancellationToken cancellationToken)
    {
        MayHaveCommitted = true;
        if (Current.PositionOf(appendId) is null)
        {
            MayHaveCommitted = false;
            throw new JournalTransactionException("The code that takes part in an append rolled its transaction back; it has to leave that to the journal. Nothing was stored.");
        }

        try
        {
            _transaction!.Commit();
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode == SQLitePCL.raw.SQLITE_CONSTRAINT)
        {
            // A foreign key of the caller's own tables that waited for the commit: the journal has none.
            MayHaveCommitted = false;
            throw new ParticipantException(failure);
        }
        catch (SqliteException failure)
        {
            throw SqliteErrors.From(failure, Current.Database.Path, Current.Database.BusyTimeout);
        }

        // Pragmas, attached files, temporary tables: what the code left goes with the connection. The next one is open before, because the
        // last connection to a file that closes moves its whole write-ahead log into it.
        using var used = Current;
        (_transaction, _connected) = (null, null);
        _connected = new Connected(options);
        return default;
    }

    // A statement that runs on another thread hears the interruption, and lets go of the connection, which then can be closed.
    public override ValueTask Abandon(Task holder)
    {
        if (_connected is { } connected)
        {
            SQLitePCL.raw.sqlite3_interrupt(connected.Database.Handle);
        }

        return Reset();
    }

    public override ValueTask Borrow(DbTransaction transaction, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (transaction.Connection is not { State: ConnectionState.Open })
        {
            throw new JournalTransactionException($"The transaction in which the journal in '{file}' should append has ended. Nothing was stored; append before the commit.");
        }

        if (transaction is not SqliteTransaction { Connection: { } connection } own)
        {
            throw new JournalTransactionException($"The journal in '{file}' was given a {transaction.GetType()}, which is no transaction of Microsoft.Data.Sqlite. Nothing was stored.");
        }

        if (own.IsolationLevel != IsolationLevel.Serializable)
        {
            throw new JournalTransactionException($"The transaction in which the journal in '{file}' should append is {own.IsolationLevel}; on SQLite it has to be Serializable, the default. Nothing was stored.");
        }

        var database = SqliteDatabase.Borrow(connection, options.BusyTimeout);
        if (database.File != file)
        {
            throw new JournalTransactionException($"The transaction in which the journal in '{file}' should append is on the file '{database.File}'. Nothing was stored; begin it on a connection to the journal's own file.");
        }

        _callersBusyMilliseconds = database.WaitFor((int)options.BusyTimeout.TotalMilliseconds);
        try
        {
            _connected = new Connected(database);
            database.Execute(SqliteWriteStatements.Savepoint);
        }
        catch
        {
            _connected?.Dispose();
            _connected = null;
            database.WaitFor(_callersBusyMilliseconds);
            throw;
        }

        _isBorrowed = true;
        return default;
    }

    public override ValueTask GiveBack(bool keepsWork, CancellationToken cancellationToken)
    {
        _isBorrowed = false;
        using var connected = Current;
        _connected = null;
        // SQLite ends a transaction by itself on some errors, and the savepoint with it.
        if (connected.Database.IsInTransaction)
        {
            if (!keepsWork)
            {
                connected.Database.Execute(SqliteWriteStatements.RollbackToSavepoint);
            }

            connected.Database.Execute(SqliteWriteStatements.ReleaseSavepoint);
        }

        connected.Database.WaitFor(_callersBusyMilliseconds);
        return default;
    }

    private void BeginOfClient(Connected connected)
    {
        if (!_isBorrowed)
        {
            _transaction = connected.Database.Connection.BeginTransaction(deferred: true);
        }

        connected.TakeLock.Run();
    }

    private void EndOfClient()
    {
        _transaction!.Dispose();
        _transaction = null;
    }
}
