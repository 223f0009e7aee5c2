using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Nagare.Storage;

/// <summary>One open connection, with the settings that a journal needs.</summary>
/// <remarks>
/// Microsoft.Data.Sqlite opens it and reads the connection string; statements then run on SQLite's own handle, prepared once, because
/// building a command and a reader for every execution costs more than the statement itself.
/// </remarks>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly bool _isBorrowed;

    private SqliteDatabase(SqliteConnection connection, TimeSpan busyTimeout, bool isBorrowed = false)
    {
        _connection = connection;
        _isBorrowed = isBorrowed;
        BusyTimeout = busyTimeout;
        Handle = connection.Handle!;
    }

    public sqlite3 Handle { get; }

    public string Path => _connection.DataSource;

    /// <summary>The connection, for a caller's code that takes part in a transaction.</summary>
    public SqliteConnection Connection => _connection;

    /// <summary>The file as SQLite itself names it: absolute, links followed. The same text for the same file, however it was spelled.</summary>
    public string File => raw.sqlite3_db_filename(Handle, "main").utf8_to_string();

    /// <summary>How long a statement waits for another connection's lock.</summary>
    public TimeSpan BusyTimeout { get; }

    /// <summary>Whether a transaction is open. SQLite ends one by itself on some errors.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    /// <summary>How many rows the statement that ran last changed itself, triggers not counted.</summary>
    public int ChangedRows => raw.sqlite3_changes(Handle);

    /// <summary>Connects. A file that does not exist is created only where <paramref name="mayCreate"/> says so.</summary>
    /// <exception cref="JournalUnavailableException">The file cannot be opened, or is no database.</exception>
    public static SqliteDatabase Connect(SqliteJournalOptions options, bool mayCreate)
    {
        var settings = new SqliteConnectionStringBuilder(options.ConnectionString) { Pooling = false };
        if (settings.Mode == SqliteOpenMode.ReadWriteCreate && !mayCreate)
        {
            settings.Mode = SqliteOpenMode.ReadWrite;
        }

        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            var database = new SqliteDatabase(connection, options.BusyTimeout);
            database.Check(raw.sqlite3_busy_timeout(database.Handle, (int)options.BusyTimeout.TotalMilliseconds));
            database.Execute(options.Durability == SqliteDurability.Full ? "pragma synchronous = full" : "pragma synchronous = normal");
            return database;
        }
        catch (SqliteException failure)
        {
            connection.Dispose();
            throw SqliteErrors.From(failure, settings.DataSource, options.BusyTimeout);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A caller's open connection, which stays open and as it is: statements wait for locks as long as its own settings say, unless <see cref="WaitFor"/> says otherwise.</summary>
    public static SqliteDatabase Borrow(SqliteConnection connection, TimeSpan busyTimeout) => new(connection, busyTimeout, isBorrowed: true);

    /// <summary>Says how long statements wait for locks. Returns how long they waited before, in milliseconds.</summary>
    public int WaitFor(int milliseconds)
    {
        var before = (int)QueryNumber("pragma busy_timeout")!.Value;
        Check(raw.sqlite3_busy_timeout(Handle, milliseconds));
        return before;
    }

    /// <summary>Throws what a result code stands for, unless it stands for success.</summary>
    public void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw SqliteErrors.From(this, code);
        }
    }

    /// <summary>Runs statements that return nothing of interest.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(Handle, sql));

    /// <summary>The first column of the first row as text; null where there is no row.</summary>
    public string? Query(string sql)
    {
        using var statement = new SqliteStatement(this, sql);
        return statement.Step() ? statement.Text(0) : null;
    }

    /// <summary>The first column of the first row as a number; null where there is no row.</summary>
    public long? QueryNumber(string sql) => Query(sql) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    public void Dispose()
    {
        if (!_isBorrowed)
        {
            _connection.Dispose();
        }
    }
}
