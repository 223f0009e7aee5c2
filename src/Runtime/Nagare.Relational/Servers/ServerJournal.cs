using Microsoft.Extensions.Logging;
using Nagare.Storage;

namespace Nagare;

/// <summary>A journal on a database server: many processes may write it at the same time, and each sees what the others stored.</summary>
public abstract class ServerJournal : RelationalJournal
{
    private readonly ServerDialect _dialect;
    private readonly ReadConnections _readers;
    private readonly ServerSchema _schema;
    private readonly JournalSchemaHandling _handling;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private readonly int _connections;

    /// <summary>Makes a journal that is not open yet.</summary>
    /// <exception cref="ArgumentException">An option is missing or out of range.</exception>
    protected ServerJournal(ServerDialect dialect, ServerJournalOptions options, ILogger logger, TimeProvider clock)
        : base(Checked(options).Queue, RetrySchedule.ForServers, options.MaxReadConnections, clock, logger)
    {
        ArgumentNullException.ThrowIfNull(dialect);
        ArgumentNullException.ThrowIfNull(logger);
        _dialect = dialect;
        _readers = new ReadConnections(dialect, RetrySchedule.ForServers, clock, logger);
        _schema = new ServerSchema(dialect);
        _handling = options.Schema;
        _logger = logger;
        _clock = clock;
        _connections = options.MaxReadConnections + 1;
    }

    /// <inheritdoc/>
    public override string SystemName => _dialect.SystemName;

    /// <summary>The statements that create the journal's tables, for whoever runs them by hand: word for word those that <see cref="CreateSchema"/> runs.</summary>
    public string SchemaScript => _schema.Script;

    /// <summary>Creates the tables where they are missing, and checks them. Needs the right to create; the journal need not be open.</summary>
    /// <exception cref="JournalSchemaException">There are tables, of another format version.</exception>
    /// <exception cref="JournalUnavailableException">The database cannot be reached, or refuses.</exception>
    public async ValueTask CreateSchema(CancellationToken cancellationToken) =>
        await _schema.Prepare(JournalSchemaHandling.CreateIfMissing, cancellationToken).ConfigureAwait(false);

    /// <summary>Brings tables that an older release made to the format of this one. Stop its writers first: they refuse the newer format from then on.</summary>
    /// <inheritdoc cref="CreateSchema"/>
    public ValueTask UpgradeSchema(CancellationToken cancellationToken) => _schema.Upgrade(cancellationToken);

    /// <summary>Checks that the server is fit, that the tables are there, of this format, and that nothing of them was taken or switched off. Changes nothing.</summary>
    /// <inheritdoc cref="CreateSchema"/>
    public async ValueTask CheckSchema(CancellationToken cancellationToken) =>
        await _schema.Prepare(JournalSchemaHandling.CheckOnly, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<JournalFinding>> Examine(ExaminationDepth depth, CancellationToken cancellationToken) =>
        new ServerExamination(_dialect, _connections, _clock).Run(depth, cancellationToken);

    /// <inheritdoc/>
    protected override async ValueTask PrepareDatabase(CancellationToken cancellationToken) =>
        RelationalLog.Opened(_logger, _dialect.Place, await _schema.Prepare(_handling, cancellationToken).ConfigureAwait(false), _dialect.BusyTimeout);

    /// <inheritdoc/>
    protected override async ValueTask<ReadSession> OpenReader(CancellationToken cancellationToken)
    {
        var session = new ServerReadSession(_dialect, _readers);
        await session.Connect(cancellationToken).ConfigureAwait(false);
        return session;
    }

    /// <inheritdoc/>
    protected override SnapshotSession CreateSnapshotSession() => new ServerSnapshotSession(_dialect);

    private static ServerJournalOptions Checked(ServerJournalOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        return options;
    }
}
