using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Nagare.Storage;

/// <summary>Looks at a journal's file: engine, tables, durability, room, rights, and whether its events are as they were left. Changes nothing.</summary>
/// <param name="options">How the journal is opened.</param>
/// <param name="clock">The clock of this machine.</param>
/// <param name="freeBytes">How much a folder's disk has left; null to ask the system.</param>
internal sealed class SqliteExamination(SqliteJournalOptions options, TimeProvider clock, Func<string, long>? freeBytes = null)
{
    /// <summary>A write-ahead log is cut back when it reaches some megabytes; one this large is held by a reader.</summary>
    private const long LargeLogBytes = 256L * 1024 * 1024;

    /// <summary>Less room on the disk than this is worth a warning.</summary>
    private const long LowDiskBytes = 1024L * 1024 * 1024;

    private const double NearlyFull = 0.9;

    private const string ReadObjects = """
        select name, type, tbl_name, sql from sqlite_schema where tbl_name like 'nagare\_%' escape '\'
        """;

    private static readonly char[] Blanks = [' ', '\n', '\r', '\t'];

    private readonly List<JournalFinding> _findings = [];
    private readonly string _path = new SqliteConnectionStringBuilder(options.ConnectionString).DataSource;

    public async ValueTask<IReadOnlyList<JournalFinding>> Run(ExaminationDepth depth, CancellationToken cancellationToken)
    {
        if (depth != ExaminationDepth.Settings)
        {
            CheckFile();
        }

        try
        {
            // The client loads the engine with its first connection, so nothing is asked of it before.
            using var database = SqliteDatabase.Connect(options, mayCreate: false);
            CheckEngine(raw.sqlite3_libversion_number(), raw.sqlite3_libversion().utf8_to_string());
            await CheckDatabase(database, depth, cancellationToken).ConfigureAwait(false);
        }
        catch (JournalException failure)
        {
            _findings.Add(CommonFindings.Unreachable(failure.Message));
        }

        return _findings;
    }

    /// <summary>Says whether the engine is one that keeps what it is given.</summary>
    internal void CheckEngine(int version, string name)
    {
        try
        {
            SqliteSchema.CheckEngine(version, name);
        }
        catch (JournalUnavailableException tooOld)
        {
            _findings.Add(CommonFindings.Unfit(tooOld.Message));
        }
    }

    internal IReadOnlyList<JournalFinding> Findings => _findings;

    private async ValueTask CheckDatabase(SqliteDatabase database, ExaminationDepth depth, CancellationToken cancellationToken)
    {
        var isComplete = CheckSchema(database);
        CheckSettings(database);
        if (depth == ExaminationDepth.Settings)
        {
            return;
        }

        if (depth == ExaminationDepth.Full && database.Query("pragma quick_check(1)") is var damage && damage != "ok")
        {
            _findings.Add(new JournalFinding(
                "database.damaged",
                FindingSeverity.Error,
                $"The file '{_path}' is damaged: {VisibleText.Line(damage ?? "no answer")}.",
                "Some of what it holds cannot be read, or reads differently by different ways.",
                "Copy the file away, and restore from an export or a backup."));
        }

        if (isComplete)
        {
            var events = new EventExamination($"'{_path}'", (sql, token) => Query(database, sql, token), clock);
            _findings.AddRange(await events.Run(readHead: null, depth == ExaminationDepth.Full, cancellationToken).ConfigureAwait(false));
        }
    }

    // Whether the events can be asked.
    private bool CheckSchema(SqliteDatabase database)
    {
        try
        {
            SqliteSchema.CheckFormat(database);
        }
        catch (JournalSchemaException wrong)
        {
            _findings.Add(CommonFindings.WrongSchema(wrong.Message));
            return false;
        }

        var objects = Rows(database, ReadObjects);
        // A trigger that was made anew without its condition has the same name, so its text counts. The engine writes the first words in capitals.
        var found = objects.Select(row => Normal((string?)row[3] ?? "")).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var expected = SqliteTables.All.Where(statement => statement.StartsWith("create ", StringComparison.Ordinal)).ToList();
        var names = expected.Select(NameOf).ToHashSet(StringComparer.Ordinal);
        var missing = expected.Where(statement => !found.Contains(Normal(statement))).Select(NameOf).ToList();
        if (missing.Count > 0)
        {
            _findings.Add(CommonFindings.IncompleteSchema($"'{_path}'", missing));
        }

        var foreign = objects.Where(row => (string?)row[1] == "trigger" && !names.Contains((string)row[0]!)).Select(row => (string)row[0]!).ToList();
        if (foreign.Count > 0)
        {
            _findings.Add(CommonFindings.ForeignTriggers($"'{_path}'", foreign));
        }

        return objects.Any(row => (string?)row[1] == "table" && (string?)row[0] == "nagare_events");
    }

    private void CheckSettings(SqliteDatabase database)
    {
        if (options.Durability != SqliteDurability.Full)
        {
            _findings.Add(CommonFindings.NotDurable("synchronous", "NORMAL", "the loss of power can take the newest appends with it", "Open the journal with SqliteDurability.Full, unless that is meant."));
        }

        if (database.Query("pragma journal_mode") is var mode && mode != "wal")
        {
            _findings.Add(new JournalFinding(
                "database.journal_mode",
                FindingSeverity.Warning,
                $"The file '{_path}' keeps its changes in the journal mode '{mode}', not in a write-ahead log.",
                "A writer and its readers wait for each other, and a commit costs several flushes.",
                "Open the journal once: it switches the mode, unless another program keeps the file open."));
        }

        if (raw.sqlite3_db_readonly(database.Handle, "main") != 0)
        {
            var isMeant = new SqliteConnectionStringBuilder(options.ConnectionString).Mode == SqliteOpenMode.ReadOnly;
            _findings.Add(CommonFindings.ReadOnly($"The file '{_path}' takes no writes from this process.", isMeant ? FindingSeverity.Notice : FindingSeverity.Error));
        }
    }

    private void CheckFile()
    {
        var file = new FileInfo(_path);
        if (!file.Exists)
        {
            return;
        }

        if (new FileInfo(_path + "-wal") is { Exists: true, Length: > LargeLogBytes } log)
        {
            _findings.Add(new JournalFinding(
                "wal.large",
                FindingSeverity.Warning,
                $"The write-ahead log of '{_path}' has {Megabytes(log.Length)}.",
                "It is cut back only at a moment without a reader that began before, so some program has kept a read open for long; reads get slower and the disk fills up.",
                "Find the program that keeps the file open and let it end its reads."));
        }

        var free = freeBytes?.Invoke(file.FullName) ?? new DriveInfo(file.FullName).AvailableFreeSpace;
        if (free < LowDiskBytes)
        {
            _findings.Add(new JournalFinding(
                "disk.low",
                FindingSeverity.Warning,
                $"The disk of '{_path}' has {Megabytes(free)} left.",
                "When it is full, every append fails until there is room.",
                "Make room, or move the journal to a larger disk."));
        }

        if (options.MaxFileBytes is { } bound && file.Length > bound * NearlyFull)
        {
            _findings.Add(new JournalFinding(
                "file.bound",
                FindingSeverity.Warning,
                $"The file '{_path}' has {Megabytes(file.Length)} of the {Megabytes(bound)} that MaxFileBytes allows it.",
                "When it reaches them, every append fails.",
                "Raise MaxFileBytes."));
        }

        if (!OperatingSystem.IsWindows() && file.UnixFileMode.HasFlag(UnixFileMode.OtherWrite))
        {
            _findings.Add(new JournalFinding(
                "rights.wide",
                FindingSeverity.Warning,
                $"The file '{_path}' can be written by every user of this machine.",
                "Whoever may write the file can change what is stored, whatever its triggers say.",
                "Take that right away: chmod o-w."));
        }
    }

    private static ValueTask<IReadOnlyList<object?[]>> Query(SqliteDatabase database, string sql, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Rows(database, sql));
    }

    private static List<object?[]> Rows(SqliteDatabase database, string sql)
    {
        using var statement = new SqliteStatement(database, sql);
        var rows = new List<object?[]>();
        while (statement.Step())
        {
            var row = new object?[statement.Columns];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = statement.Text(i);
            }

            rows.Add(row);
        }

        return rows;
    }

    // Words with one blank between them.
    private static string Normal(string statement) => string.Join(' ', statement.TrimEnd(';').Split(Blanks, StringSplitOptions.RemoveEmptyEntries));

    private static string NameOf(string statement) => statement.Split(Blanks).First(word => word.StartsWith("nagare_", StringComparison.Ordinal));

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.#} MiB");
}
