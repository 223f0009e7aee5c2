using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Nagare.Storage;

/// <summary>Tells by a result code of SQLite what kind of failure it is.</summary>
internal static class SqliteErrors
{
    /// <summary>The failure behind a result code that a call on this connection just returned.</summary>
    public static Exception From(SqliteDatabase database, int code)
    {
        var primary = code & 0xFF;
        var message = raw.sqlite3_errmsg(database.Handle).utf8_to_string();
        return primary switch
        {
            // Only in a caller's transaction: the journal's own take the lock before they read.
            raw.SQLITE_BUSY when raw.sqlite3_extended_errcode(database.Handle) == raw.SQLITE_BUSY_SNAPSHOT => new JournalTransactionException(
                $"The transaction in which the journal in '{database.Path}' should append read before another writer committed, and SQLite lets it write no more. Nothing was stored; begin it with BeginTransaction(deferred: false), or append before you read."),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new JournalBusyException(database.BusyTimeout),
            raw.SQLITE_CONSTRAINT => new KeyViolationException(message),
            _ => Unavailable(database.Path, primary, raw.sqlite3_extended_errcode(database.Handle), message, null),
        };
    }

    /// <summary>The failure behind an exception that opening a connection threw.</summary>
    public static JournalException From(SqliteException exception, string path, TimeSpan busyTimeout) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new JournalBusyException(busyTimeout, exception),
        var code => Unavailable(path, code, exception.SqliteExtendedErrorCode, exception.Message, exception),
    };

    private static JournalUnavailableException Unavailable(string path, int code, int extendedCode, string message, Exception? inner)
    {
        var advice = code switch
        {
            raw.SQLITE_CANTOPEN => "Check that its folder exists and that this process may write there",
            raw.SQLITE_NOTADB => "The file is no SQLite database; name another one",
            raw.SQLITE_CORRUPT => "The file is damaged; restore it from an export or a backup",
            raw.SQLITE_FULL => "The disk, or the size allowed to the file, is full; make room and append again",
            raw.SQLITE_READONLY => "The file, or the connection, is read-only; give it write access",
            raw.SQLITE_TOOBIG => "A value is larger than SQLite takes",
            _ => "See SQLite's result codes for what it means",
        };
        return new JournalUnavailableException($"The journal in '{path}' cannot be used: {message} (SQLite code {extendedCode}). Nothing was stored. {advice}.", inner);
    }
}
