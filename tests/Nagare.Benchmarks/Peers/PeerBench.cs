using JasperFx.Events;
using Microsoft.Extensions.DependencyInjection;
using Nagare.Benchmarks.Events;
using Nagare.Benchmarks.Measuring;
using Nagare.Benchmarks.Servers;
using Nagare.Benchmarks.Servers.PostgreSql;
using Npgsql;

namespace Nagare.Benchmarks.Peers;

/// <summary>Ours against other event stores on the same PostgreSQL, in turns in one process. None of them is tuned.</summary>
internal static class PeerBench
{
    public static async Task<bool> Run(BenchOptions options, TextWriter output, Action<string> progress)
    {
        var server = new PostgreSqlBench();
        if (server.ConnectionString is not { } connectionString)
        {
            output.WriteLine();
            output.WriteLine($"skipped: peers, {server.Variable} is not set; eng/databases up {server.Name} starts a server");
            return true;
        }

        var schemas = new[] { "default", "quick", "akka" }.Select(name => $"nagare_peer_{Environment.ProcessId}_{name}").ToList();
        await CreateSchemas(connectionString, schemas);
        try
        {
            await using var place = await server.NewPlace();
            await using var services = await place.OpenJournal();
            await using var marten = await MartenPeer.Open(connectionString, schemas[0]);
            await using var quick = await MartenPeer.Open(connectionString, schemas[1], EventAppendMode.Quick);
            await using var akka = AkkaPeer.Open(new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = schemas[2] }.ConnectionString);
            var ours = new OurJournal(services);
            var single = ours.Single(1);
            var many = ours.Single(32);
            var load = await ours.Load(ServerVariants.ReplayedEvents);
            var verdicts = await Interleaved.Run(
                [
                    new("T12 Marten, single append, 1 caller", marten.Single(1), single, 1.35, 1.6),
                    new("T12 Marten quick, 32 callers", quick.Single(32), many, 4, 6),
                    new("T12 Marten, batches of 10", marten.Batches(10), ours.Batches(10), 1.5, 1.8),
                    new("T12 Marten, batches of 100", marten.Batches(100), ours.Batches(100), 1.6, 2.0),
                    new("T12 Marten, aggregate of 10,000", await marten.Aggregate(ServerVariants.ReplayedEvents), load, 1.6, 2.1),
                    new("T13 Akka, persist, 1 actor", akka.Persist(1), single, 1.7, 2.0),
                    new("T13 Akka, persist, 32 actors", akka.Persist(32), many, 2, 2.5),
                    new("T13 Akka, recover 10,000", await akka.Recover(ServerVariants.ReplayedEvents), load, 1.7, 2.1),
                ],
                options,
                progress);
            options.Results.AddPeers(verdicts);
            return Report.Print(output, $"Against peers on {await server.Durability()}", verdicts, against: "peer");
        }
        finally
        {
            await DropSchemas(connectionString, schemas);
        }
    }

    private static Task CreateSchemas(string connectionString, IEnumerable<string> schemas) =>
        Execute(connectionString, string.Join(';', schemas.Select(schema => $"create schema {schema}")));

    private static Task DropSchemas(string connectionString, IEnumerable<string> schemas) =>
        Execute(connectionString, string.Join(';', schemas.Select(schema => $"drop schema if exists {schema} cascade")));

    private static async Task Execute(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    // The journal stays open from slot to slot, as the peers do.
    private sealed class OurJournal(IServiceProvider services)
    {
        private static readonly StreamId Replayed = new("bench", "replayed");

        private readonly IJournal _journal = services.GetRequiredService<IJournal>();
        private int _run;

        public Variant Single(int callers) => new($"journal, {callers} callers", slot => JournalAppends.Single(_journal, callers, slot, ++_run));

        public Variant Batches(int size) => new($"journal, batches of {size}", slot => JournalAppends.Batches(_journal, size, slot, ++_run));

        public async Task<Variant> Load(int events)
        {
            await JournalAppends.Fill(_journal, events, Replayed);
            var repository = services.GetRequiredService<IAggregateRepository<BenchTotals>>();
            return new Variant("repository.Load", slot => Callers.Run(
                callers: 1,
                slot,
                async (_, _) =>
                {
                    if ((await repository.Load(Replayed)).State.Calls is var found && found != events)
                    {
                        throw new InvalidOperationException($"The journal folded {found} of {events} events.");
                    }
                },
                events));
        }
    }
}
