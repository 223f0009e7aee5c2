using Nagare.Storage;
using Nagare.Testing;
using Npgsql;

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
        | JournalCapabilities.HoldsTransactionOpen;

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

        // Every change of a table, index or trigger writes a row of the catalogue, and with it the transaction that did.
        public async ValueTask<long> CountSchemaChanges(CancellationToken cancellationToken) => (long)(await schema.Scalar($"""
            select coalesce(sum(hashtextextended(c.relname || c.xmin::text || coalesce((select string_agg(t.xmin::text, ',' order by t.tgname) from pg_trigger t where t.tgrelid = c.oid), ''), 0) % 1000000007), 0)::bigint
            from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = '{schema.Name}'
            """))!;

        public async ValueTask<IAsyncDisposable> HoldTransactionOpen(CancellationToken cancellationToken)
        {
            var connection = await schema.Connect();
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var command = new NpgsqlCommand("select position from nagare_head for update", connection, transaction);
            await command.ExecuteScalarAsync(cancellationToken);
            return new HeldTransaction(connection, transaction);
        }

        public ValueTask DisposeAsync() => schema.DisposeAsync();
    }

    private sealed class HeldTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
