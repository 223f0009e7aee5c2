using SQLitePCL;

namespace Nagare.Storage;

/// <summary>Creates and checks what a journal needs of a database. Runs when a journal is opened, never on the data path.</summary>
internal static class SqliteSchema
{
    // Before 3.51.3 a checkpoint that met a writer could leave a WAL database corrupt; every release since 3.7.0 had that.
    private const int MinEngineVersion = 3_051_003;

    private const string HasFormatTable = """
        select count(*) from sqlite_schema where type = 'table' and name = 'nagare_format'
        """;

    private const string ReadFormat = """
        select max(version) from nagare_format
        """;

    /// <summary>Refuses an engine that is known to lose data.</summary>
    /// <exception cref="JournalUnavailableException">The engine is too old.</exception>
    public static void CheckEngine() => CheckEngine(raw.sqlite3_libversion_number(), raw.sqlite3_libversion().utf8_to_string());

    internal static void CheckEngine(int version, string name)
    {
        if (version < MinEngineVersion)
        {
            throw new JournalUnavailableException(
                $"The SQLite engine of this process is {name}; a journal needs 3.51.3 or newer, because older ones can corrupt a database in WAL mode. Reference SQLitePCLRaw.bundle_e_sqlite3 2.1.13 or newer.");
        }
    }

    /// <summary>Makes the file a journal, or checks that it is one.</summary>
    public static void Prepare(SqliteDatabase database, SqliteSchemaHandling handling)
    {
        if (!IsPresent(database))
        {
            if (handling == SqliteSchemaHandling.CheckOnly)
            {
                throw Missing(database);
            }

            UseWriteAheadLog(database);
            Create(database);
        }

        CheckFormat(database);
        if (database.Query("pragma journal_mode") != "wal")
        {
            UseWriteAheadLog(database);
        }
    }

    /// <summary>Checks that the tables are there and of this build's format.</summary>
    /// <exception cref="JournalSchemaException">They are not.</exception>
    public static void CheckFormat(SqliteDatabase database)
    {
        if (!IsPresent(database))
        {
            throw Missing(database);
        }

        var version = database.QueryNumber(ReadFormat) ?? 0;
        if (version != SqliteTables.FormatVersion)
        {
            throw new JournalSchemaException(
                $"The journal in '{database.Path}' has format version {version}, this build knows {SqliteTables.FormatVersion}. "
                + (version > SqliteTables.FormatVersion ? "Use the newer build that wrote it; nothing was changed." : "It is no format that was ever released; nothing was changed."));
        }

        if (database.Query("pragma encoding") is { } encoding && encoding != "UTF-8")
        {
            throw new JournalSchemaException($"The database in '{database.Path}' keeps text as {encoding}; a journal needs UTF-8. Create the journal in a new file.");
        }
    }

    private static bool IsPresent(SqliteDatabase database) => database.QueryNumber(HasFormatTable) > 0;

    // Another process may create the same journal at this moment: who gets the lock second finds it done.
    private static void Create(SqliteDatabase database)
    {
        database.Execute("begin immediate");
        try
        {
            if (!IsPresent(database))
            {
                foreach (var statement in SqliteTables.All)
                {
                    database.Execute(statement);
                }
            }

            database.Execute("commit");
        }
        catch
        {
            if (database.IsInTransaction)
            {
                database.Execute("rollback");
            }

            throw;
        }
    }

    private static void UseWriteAheadLog(SqliteDatabase database)
    {
        if (database.Query("pragma journal_mode = wal") is var mode && mode != "wal")
        {
            throw new JournalUnavailableException(
                $"The journal in '{database.Path}' cannot use a write-ahead log (its journal mode is '{mode}'). A journal needs a file on a local disk, not memory and no network share.");
        }
    }

    private static JournalSchemaException Missing(SqliteDatabase database) => new(
        $"'{database.Path}' holds no journal: its tables are missing. Open it once with SqliteSchemaHandling.CreateIfMissing, or name another file; nothing was changed.");
}
