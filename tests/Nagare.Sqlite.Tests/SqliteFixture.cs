using System.Data.Common;
using Microsoft.Data.Sqlite;
using Nagare.Storage;
using Nagare.Testing;

namespace Nagare.Sqlite.Tests;

/// <summary>SQLite as the conformance suite sees it: a journal is a file, and everything the suite can ask is enrolled.</summary>
internal sealed class SqliteFixture : IJournalFixture
{
    public string Name => $"SQLite {SQLitePCL.raw.sqlite3_libversion().utf8_to_string()}, synchronous=FULL";

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

    public ValueTask<IJournalPlace> Create(CancellationToken cancellationToken) => new(new Place());

    public ValueTask DisposeAsync() => default;

    private sealed class Place : IJournalPlace
    {
        private readonly JournalFile _file = new();

        public async ValueTask<IJournalStorage> Open(CancellationToken cancellationToken)
        {
            var options = _file.Options();
            options.BusyTimeout = TimeSpan.FromSeconds(30);
            var journal = new SqliteJournal(options);
            await journal.Open(cancellationToken);
            return journal;
        }

        public ValueTask Tamper(Tampering attempt, long position, CancellationToken cancellationToken)
        {
            _file.Execute(attempt switch
            {
                Tampering.Update => $"update nagare_events set data = x'7b7d' where position = {position}",
                Tampering.Delete => $"delete from nagare_events where position = {position}",
                Tampering.InsertOver => $"""
                    insert or replace into nagare_events (position, stream_id, version, event_id, family, type, schema_version, recorded_at, content_hash, data)
                    select position, 'note/forged', 1, randomblob(16), family, type, schema_version, recorded_at, content_hash, data from nagare_events where position = {position}
                    """,
                _ => throw new ArgumentOutOfRangeException(nameof(attempt), attempt, "Not a way to tamper."),
            });
            return default;
        }

        public ValueTask<long> CountSchemaChanges(CancellationToken cancellationToken) => new((long)_file.Scalar("pragma schema_version")!);

        public void UseNamedJournals(NagareBuilder nagare) => nagare.UseSqliteFolder(Path.Combine(Path.GetDirectoryName(_file.Path)!, "tenants"));

        public ValueTask<DbConnection> Connect(CancellationToken cancellationToken) => new(_file.Connect());

        public ValueTask<string> CreateTable(CancellationToken cancellationToken)
        {
            _file.Execute("create table rows_of_mine (id text primary key, n integer not null)");
            return new("rows_of_mine");
        }

        public ValueTask<IAsyncDisposable> HoldTransactionOpen(CancellationToken cancellationToken)
        {
            var connection = _file.Connect();
            var transaction = connection.BeginTransaction(deferred: false);
            return new(new HeldTransaction(connection, transaction));
        }

        // Reading keeps its snapshot, and with it the log from being used anew.
        public ValueTask<IAsyncDisposable> StandIdle(CancellationToken cancellationToken)
        {
            var connection = _file.Connect();
            var transaction = connection.BeginTransaction(deferred: true);
            using var command = new SqliteCommand("select count(*) from nagare_types", connection, transaction);
            command.ExecuteScalar();
            return new(new HeldTransaction(connection, transaction));
        }

        public ValueTask DisposeAsync()
        {
            _file.Dispose();
            return default;
        }
    }

    private sealed class HeldTransaction(SqliteConnection connection, SqliteTransaction transaction) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
