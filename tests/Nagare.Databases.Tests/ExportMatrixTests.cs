using System.Security.Cryptography;
using AgentRuns;
using AgentRuns.Tests;
using Microsoft.Extensions.DependencyInjection;
using Nagare.Storage;
using Nagare.Torture;

namespace Nagare.Databases.Tests;

/// <summary>One journal on every database: what one exports, each other takes in and exports again, byte for byte.</summary>
public class ExportMatrixTests
{
    private static readonly TimeProvider Clock = TimeProvider.System;

    public static TheoryData<string, string> Pairs => [.. AllDatabases.Names.SelectMany(_ => AllDatabases.Names, (from, to) => (from, to))];

    public static TheoryData<string> Files => [RealRuns.TauBench, RealRuns.SweAgent, RealRuns.MiniSwe1, RealRuns.MiniSwe2];

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task What_one_database_exports_the_other_takes_in_and_exports_again_byte_for_byte(string from, string to)
    {
        var (source, target) = (AllDatabases.There(from), AllDatabases.There(to));
        await using var sourcePlace = await source.NewPlace(source.Server!);
        await using var written = await Opened(source, sourcePlace);
        foreach (var append in HostileAppends.All())
        {
            await written.Append(append, TestContext.Current.CancellationToken);
        }

        var exported = await Export(written);
        await using var targetPlace = await target.NewPlace(target.Server!);
        await using var restored = await Opened(target, targetPlace);
        await Restore(restored, exported);
        Same(exported, await Export(restored), $"{source} to {target}");

        // And the file says what the journal holds: an export that lost the same twice would be the same, too.
        var rows = await All(written);
        Assert.Equal(HostileAppends.All().Sum(append => append.EventCount), rows.Count);
        Assert.Equal(rows.Select(Facts), (await All(restored)).Select(Facts));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Real_runs_go_round_through_every_database_unchanged(string file)
    {
        var exported = await Import(file);
        foreach (var name in AllDatabases.Names)
        {
            var backend = Backends.Named(name);
            if (backend.Server is null)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"{backend}: skipped, {backend.Variable} is not set");
                continue;
            }

            await using var place = await backend.NewPlace(backend.Server);
            await using var journal = await Opened(backend, place);
            await Restore(journal, exported);
            Same(exported, await Export(journal), $"{file} through {backend}");
            TestContext.Current.TestOutputHelper?.WriteLine($"{backend}: {exported.Length} bytes in, the same {exported.Length} bytes out");
        }
    }

    private static async Task<byte[]> Import(string file)
    {
        await using var services = new ServiceCollection().AddSingleton(Clock).AddNagare(nagare => nagare.AddModel<AgentRunsModel>().UseInMemory()).BuildServiceProvider();
        var journal = services.GetRequiredService<IJournal>();
        foreach (var record in RealRuns.Records(file))
        {
            await journal.Append(RealRuns.Importer(record).Read(record), TestContext.Current.CancellationToken);
        }

        return await Export(services.GetRequiredService<IJournalStorage>());
    }

    private static async Task<IJournalStorage> Opened(Backend backend, Place place)
    {
        var journal = backend.Journal(place.Address);
        await journal.Open(TestContext.Current.CancellationToken);
        return journal;
    }

    private static async Task<byte[]> Export(IJournalStorage journal)
    {
        using var target = new MemoryStream();
        await new JournalExport(journal).Write(target, cancellationToken: TestContext.Current.CancellationToken);
        return target.ToArray();
    }

    private static async Task Restore(IJournalStorage journal, byte[] exported)
    {
        using var source = new MemoryStream(exported);
        await new JournalRestore(journal, Clock).Read(source, "the other database", cancellationToken: TestContext.Current.CancellationToken);
    }

    private static void Same(byte[] expected, byte[] found, string what)
    {
        var at = expected.AsSpan().CommonPrefixLength(found);
        Assert.True(at == expected.Length && at == found.Length, $"{what}: {expected.Length} and {found.Length} bytes, different from byte {at} on");
    }

    private static async Task<List<StoredRow>> All(IJournalStorage journal)
    {
        var rows = new Rows();
        await journal.Read(new StoredQuery { Path = StoredPath.Journal, Until = long.MaxValue, Limit = int.MaxValue }, rows, TestContext.Current.CancellationToken);
        return rows.Read;
    }

    private static string Facts(StoredRow row) =>
        $"{row.Position} {row.StreamId} v{row.Version} {row.EventId} {row.Family}/{row.Type} v{row.SchemaVersion} at {row.RecordedAt} occurred {row.OccurredAt} correlation {row.CorrelationId} cause {Convert.ToHexString(row.CausationId.Span)} "
        + $"trace {row.TraceParent} actor {row.Actor} subject {row.Subject} salt {Convert.ToHexString(row.Salt.Span)} hash {Convert.ToHexString(row.ContentHash.Span)} metadata {Convert.ToHexString(row.Metadata.Span)} data {Convert.ToHexString(SHA256.HashData(row.Data.Span))}";

    private sealed class Rows : IStoredEventSink
    {
        public List<StoredRow> Read { get; } = [];

        public bool Accept(in StoredEvent e)
        {
            Read.Add(e.ToRow());
            return true;
        }
    }
}
