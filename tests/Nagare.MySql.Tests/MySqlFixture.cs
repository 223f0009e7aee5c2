using System.Data.Common;
using Nagare.Storage;
using Nagare.Testing;

namespace Nagare.MySql.Tests;

/// <summary>MySQL or MariaDB as the conformance suite sees it: a journal is a database, opened as the application's account, and everything the suite can ask is enrolled.</summary>
internal sealed class MySqlFixture(Server server) : IJournalFixture
{
    public string Name => server.Title;

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
        var database = new JournalDatabase(server);
        await database.CreateWithAccount();
        return new Place(database);
    }

    public ValueTask DisposeAsync() => default;

    private sealed class Place(JournalDatabase database) : IJournalPlace
    {
        public async ValueTask<IJournalStorage> Open(CancellationToken cancellationToken)
        {
            var options = database.ApplicationOptions();
            options.BusyTimeout = TimeSpan.FromSeconds(30);
            var journal = new MySqlJournal(options);
            await journal.Open(cancellationToken);
            return journal;
        }

        // As the owner, who may do more than the application.
        public async ValueTask Tamper(Tampering attempt, long position, CancellationToken cancellationToken) => await database.Execute(attempt switch
        {
            Tampering.Update => $"update nagare_events set data = '' where position = {position}",
            Tampering.Delete => $"delete from nagare_events where position = {position}",
            Tampering.InsertOver => $"replace into nagare_events select * from nagare_events where position = {position}",
            _ => throw new ArgumentOutOfRangeException(nameof(attempt), attempt, "Not a way to tamper."),
        });

        public async ValueTask<DbConnection> Connect(CancellationToken cancellationToken) => await database.ConnectCaller();

        public async ValueTask<string> CreateTable(CancellationToken cancellationToken) => await database.CreateTable();

        // As an account that may do everything, because each is created when it is opened first.
        public void UseNamedJournals(NagareBuilder nagare) => nagare.UseMySqlDatabases(options =>
        {
            options.ConnectionString = database.Options().ConnectionString;
            options.DatabaseName = database.TenantPrefix;
        });

        public async ValueTask<long> CountSchemaChanges(CancellationToken cancellationToken) => await database.CountSchemaChanges();

        public async ValueTask<IAsyncDisposable> HoldTransactionOpen(CancellationToken cancellationToken) => await database.HoldHead();

        public async ValueTask<IAsyncDisposable> StandIdle(CancellationToken cancellationToken) => await database.StandIdle();

        public ValueTask DisposeAsync() => database.DisposeAsync();
    }
}
