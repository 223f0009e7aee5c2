using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nagare.Storage;
using Nagare.Testing;
using Nagare.Tests.Upcasters;

namespace Nagare.Tests.Snapshots;

/// <summary>A host with ledgers over one memory, which hears of snapshots; a second one over the same memory is a restart.</summary>
internal sealed class LedgerDesk : IAsyncDisposable, ISnapshotObserver
{
    public static readonly StreamId Stream = new("ledger", "1");

    private readonly ServiceProvider _services;
    private readonly SemaphoreSlim _written = new(0);

    public LedgerDesk(InMemoryJournal memory, Action<NagareBuilder>? configure = null, Func<IJournalStorage, IJournalStorage>? wrap = null)
    {
        _services = new ServiceCollection()
            .AddSingleton<ISnapshotObserver>(this)
            .AddNagare(nagare =>
            {
                nagare
                    .AddAggregate<Ledger, LedgerEvent>()
                    .AddAggregate<HiddenLedger, LedgerEvent>()
                    .UseStorage(_ => wrap is null ? new InMemoryStorage(memory) : wrap(new InMemoryStorage(memory)));
                if (configure is not null)
                {
                    configure(nagare);
                }
                else
                {
                    nagare.AddModel<CourierModel>();
                }
            })
            .BuildServiceProvider();
    }

    public List<(string Aggregate, long Version)> UsedSnapshots { get; } = [];

    public List<(string Aggregate, SnapshotFault Fault)> IgnoredSnapshots { get; } = [];

    /// <summary>What the loop behind the calls failed with, which goes on while a test looks.</summary>
    public ConcurrentQueue<Exception?> Failures { get; } = [];

    public IJournal Journal => _services.GetRequiredService<IJournal>();

    public IAggregateRepository<T> Of<T>()
        where T : IAggregate<T> => _services.GetRequiredService<IAggregateRepository<T>>();

    /// <summary>Waits until a snapshot was written, or was not.</summary>
    public async Task NextSnapshot() => Assert.True(await _written.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken), "no snapshot was written");

    public void Used(string aggregate, StreamId stream, StreamVersion version) => UsedSnapshots.Add((aggregate, version.Value));

    public void Ignored(string aggregate, StreamId stream, StreamVersion version, SnapshotFault fault) => IgnoredSnapshots.Add((aggregate, fault));

    public void Written(string aggregate, StreamId stream, StreamVersion version) => _written.Release();

    public void Failed(string aggregate, StreamId stream, StreamVersion version, Exception? error)
    {
        Failures.Enqueue(error);
        _written.Release();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _written.Dispose();
    }

    /// <summary>A ledger as a text that says all of it.</summary>
    public static string Text(Ledger ledger)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Ledger.Describe(ledger, writer);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}
