using System.Data.Common;
using Nagare.Storage;
using Nagare.Testing;

namespace Nagare.PostgreSql.Tests;

/// <summary>PostgreSQL as the conformance suite sees it: a journal is a schema, opened as the application's role, and everything the suite can ask is enrolled.</summary>
internal sealed class PostgreSqlFixture : IJournalFixture
{
    public string Name => "PostgreSQL";

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
            var options = schema.ApplicationOptions();
            options.BusyTimeout = TimeSpan.FromSeconds(30);
            var journal = new PostgreSqlJournal(options);
            await journal.Open(cancellationToken);
            return journal;
        }

        // As the owner, who may do more than the application.
        public async ValueTask Tamper(Tampering attempt, long position, CancellationToken cancellationToken) => await schema.Execute(attempt switch
        {
            Tampering.Update => $"update nagare_events set data = '\\x7b7d' where position = {position}",
            Tampering.Delete => $"delete from nagare_events where position = {position}",
            Tampering.InsertOver => $"""
                insert into nagare_events (position, stream_id, version, event_id, family, type, schema_version, recorded_at, content_hash, data)
                select position, 'note/forged', 1, gen_random_uuid(), family, type, schema_version, recorded_at, content_hash, data from nagare_events where position = {position}
                on conflict (position) do update set data = excluded.data
                """,
            _ => throw new ArgumentOutOfRangeException(nameof(attempt), attempt, "Not a way to tamper."),
        });

        public async ValueTask<long> CountSchemaChanges(CancellationToken cancellationToken) => await schema.CountSchemaChanges();

        // As the owner, because each is created when it is opened first.
        public void UseNamedJournals(NagareBuilder nagare) => nagare.UsePostgreSqlSchemas(options =>
        {
            options.ConnectionString = schema.Options().ConnectionString;
            options.SchemaName = schema.TenantPrefix;
        });

        // Unqualified names mean the application's own tables, as on any connection of an application.
        public async ValueTask<DbConnection> Connect(CancellationToken cancellationToken) => await Server.Connect(schema.CallersConnectionString());

        public async ValueTask<string> CreateTable(CancellationToken cancellationToken) => await schema.CreateTableOfCaller();

        public async ValueTask<IAsyncDisposable> HoldTransactionOpen(CancellationToken cancellationToken) => await schema.HoldHead();

        public async ValueTask<IAsyncDisposable> StandIdle(CancellationToken cancellationToken) => await schema.StandIdle();

        public ValueTask DisposeAsync() => schema.DisposeAsync();
    }
}
