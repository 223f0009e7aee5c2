using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Nagare.Storage;

namespace Nagare;

/// <summary>A journal in one SQLite file.</summary>
/// <remarks>
/// Appends are written on one thread of its own, many callers' in one transaction; reads run synchronously on the caller's thread, a
/// page at a time, because SQLite's client has no true asynchrony. One process writes as a rule; a second one is correct too, waits
/// within the busy time-out and is seen.
/// </remarks>
public sealed class SqliteJournal : RelationalJournal
{
    private readonly SqliteJournalOptions _options;
    private readonly ILogger _logger;
    private string _file = "";

    /// <summary>Makes a journal that is not open yet.</summary>
    /// <exception cref="ArgumentException">The options name no file, or a time or bound is out of range.</exception>
    public SqliteJournal(SqliteJournalOptions options, ILogger<SqliteJournal>? logger = null)
        : base("Nagare SQLite writer", Checked(options).Queue, logger)
    {
        _options = options;
        _logger = logger ?? NullLogger<SqliteJournal>.Instance;
    }

    /// <inheritdoc/>
    public override string SystemName => "sqlite";

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<JournalFinding>> Examine(ExaminationDepth depth, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new SqliteExamination(_options, TimeProvider.System).Run(depth, cancellationToken);
    }

    /// <summary>The statements that create the journal's tables, for whoever runs them by hand, with the <c>sqlite3</c> program for instance: word for word those that opening runs.</summary>
    public static string SchemaScript => SqliteTables.Script;

    /// <inheritdoc/>
    protected override ValueTask PrepareDatabase(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var database = SqliteDatabase.Connect(_options, mayCreate: _options.Schema == SqliteSchemaHandling.CreateIfMissing);
        SqliteSchema.CheckEngine();
        SqliteSchema.Prepare(database, _options.Schema);
        _file = database.File;
        SqliteLog.Opened(_logger, database.Path, _options.Durability, _options.BusyTimeout, SQLitePCL.raw.sqlite3_libversion().utf8_to_string());
        return default;
    }

    /// <inheritdoc/>
    protected override WriteSession CreateWriter() => new SqliteWriteSession(_options, _file);

    /// <inheritdoc/>
    protected override SnapshotSession CreateSnapshotSession() => new SqliteSnapshotSession(_options);

    /// <inheritdoc/>
    protected override ValueTask<ReadSession> OpenReader(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(new SqliteReadSession(_options));
    }

    private static SqliteJournalOptions Checked(SqliteJournalOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.ConnectionString);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BusyTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.BusyTimeout.TotalMilliseconds, int.MaxValue);
        if (options.MaxFileBytes is { } bytes)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        }

        return options;
    }
}
