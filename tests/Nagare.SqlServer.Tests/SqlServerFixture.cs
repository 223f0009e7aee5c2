using System.Data.Common;
using Nagare.Storage;
using Nagare.Testing;

namespace Nagare.SqlServer.Tests;

/// <summary>SQL Server as the conformance suite sees it: a journal is a schema, opened as the application's user, and everything the suite can ask is enrolled.</summary>
internal sealed class SqlServerFixture : IJournalFixture
{
    public string Name => "SQL Server";

    public JournalCapabilities Capabilities =>
        JournalCapabilities.Restart
        | JournalCapabilities.SecondStorage
        | JournalCapabilities.RefusesTampering
        | JournalCapabilities.CountsSchemaChanges
        | JournalCapabilities.HoldsTransactionOpen
        | JournalCapabilities.StandsIdle
        | JournalCapabilities.SharesTransactions
        | JournalCapabilities.Snapshots
        | JournalCapabilities.NamedJournals;

    public ConformanceSettings Settings { get; init; } = ConformanceSettings.Default;

    public async ValueTask<IJournalPlace> Create(CancellationToken cancellationToken)
    {
        var schema = new JournalSchema();
        await schema.CreateWithRole();
        return new Place(schema);
    }

    public ValueTask DisposeAsync() => default;

    private sealed class Place(JournalSchema schema) : IJournalPlace
    {
        public async ValueTask<IJournalStorage> Open(CancellationToken cancellationToken)
        {
            var journal = new SqlServerJournal(schema.ApplicationOptions());
            await journal.Open(cancellationToken);
            return journal;
        }

        // As the owner, who may do more than the application.
        public async ValueTask Tamper(Tampering attempt, long position, CancellationToken cancellationToken) => await schema.Execute(attempt switch
        {
            Tampering.Update => $"update $s.nagare_events set data = 0x7b7d where position = {position}",
            Tampering.Delete => $"delete from $s.nagare_events where position = {position}",
            Tampering.InsertOver => $"""
                insert into $s.nagare_events (position, stream_id, version, event_id, family, type, schema_version, recorded_at, content_hash, data)
                select position, cast('note/forged' as varbinary(255)), 1, cast(newid() as binary(16)), family, type, schema_version, recorded_at, content_hash, data
                from $s.nagare_events where position = {position}
                """,
            _ => throw new ArgumentOutOfRangeException(nameof(attempt), attempt, "Not a way to tamper."),
        });

        public async ValueTask<DbConnection> Connect(CancellationToken cancellationToken) => await Server.Connect(schema.ApplicationOptions().ConnectionString);

        public async ValueTask<string> CreateTable(CancellationToken cancellationToken) => await schema.CreateTable();

        // As the owner, because each is created when it is opened first.
        public void UseNamedJournals(NagareBuilder nagare) => nagare.UseSqlServerSchemas(options =>
        {
            options.ConnectionString = schema.Options().ConnectionString;
            options.SchemaName = schema.TenantPrefix;
        });

        public async ValueTask<long> CountSchemaChanges(CancellationToken cancellationToken) => await schema.CountSchemaChanges();

        public async ValueTask<IAsyncDisposable> HoldTransactionOpen(CancellationToken cancellationToken) => await schema.HoldHead();

        public async ValueTask<IAsyncDisposable> StandIdle(CancellationToken cancellationToken) => await schema.StandIdle();

        public ValueTask DisposeAsync() => schema.DisposeAsync();
    }
}
