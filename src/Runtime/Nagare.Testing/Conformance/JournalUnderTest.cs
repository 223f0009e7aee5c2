using Microsoft.Extensions.DependencyInjection;
using Nagare.Storage;

namespace Nagare.Testing;

/// <summary>What one scenario works with: a new place with an open storage, more of both where it asks, all of it gone at the end.</summary>
internal sealed class JournalUnderTest : IAsyncDisposable
{
    private readonly IJournalFixture _fixture;
    private readonly List<IJournalPlace> _places = [];
    private readonly List<IJournalStorage> _storages = [];
    private readonly List<ServiceProvider> _services = [];

    private JournalUnderTest(IJournalFixture fixture, CancellationToken cancellation)
    {
        _fixture = fixture;
        Cancellation = cancellation;
        Random = new Random(fixture.Settings.Seed);
    }

    /// <summary>The storage of the scenario.</summary>
    public IJournalStorage Storage { get; private set; } = null!;

    /// <summary>The place of that storage.</summary>
    public IJournalPlace Place => _places[0];

    public ConformanceSettings Settings => _fixture.Settings;

    public Random Random { get; }

    /// <summary>The clock of <see cref="Services"/>; it goes on only when it is told to.</summary>
    public SteppingClock Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public CancellationToken Cancellation { get; }

    public static async Task<JournalUnderTest> Create(IJournalFixture fixture, CancellationToken cancellation)
    {
        var journal = new JournalUnderTest(fixture, cancellation);
        try
        {
            journal.Storage = await journal.AnotherJournal().ConfigureAwait(false);
            return journal;
        }
        catch
        {
            await journal.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A storage over another, empty journal.</summary>
    public async Task<IJournalStorage> AnotherJournal()
    {
        var place = await _fixture.Create(Cancellation).ConfigureAwait(false);
        _places.Add(place);
        return await Open(place).ConfigureAwait(false);
    }

    /// <summary>A second storage over the scenario's journal, beside the first.</summary>
    public Task<IJournalStorage> Beside() => Open(Place);

    /// <summary>Closes every storage and opens the scenario's journal again.</summary>
    public async Task Restart()
    {
        await Close().ConfigureAwait(false);
        Storage = await Open(Place).ConfigureAwait(false);
    }

    /// <summary>The scenario's storage, or another, as an application has it: with a model, a journal and repositories over it.</summary>
    public IServiceProvider Services(IJournalStorage? storage = null, UnknownEventPolicy unknownEvents = UnknownEventPolicy.Fail, ISnapshotObserver? observer = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        if (observer is not null)
        {
            services.AddSingleton(observer);
        }

        services.AddNagare(nagare => nagare.AddModel<ConformanceModel>().OnUnknownEvent(unknownEvents).UseStorage(_ => storage ?? Storage));
        _services.Add(services.BuildServiceProvider());
        return _services[^1];
    }

    /// <summary>A host of named journals that belong to the scenario's place.</summary>
    public INamedJournals NamedJournals(NamedJournalsOptions options)
    {
        var services = new ServiceCollection();
        services.AddNamedJournals(
            nagare =>
            {
                nagare.AddModel<ConformanceModel>();
                Place.UseNamedJournals(nagare);
            },
            options);
        _services.Add(services.BuildServiceProvider());
        return _services[^1].GetRequiredService<INamedJournals>();
    }

    /// <summary>Appends, and expects it to succeed.</summary>
    public async Task<AppendResult> Append(PreparedAppend append) => await Storage.Append(append, Cancellation).ConfigureAwait(false);

    /// <summary>What came of appends made at the same time, in their order.</summary>
    public async Task<IReadOnlyList<Outcome>> AppendTogether(IReadOnlyList<PreparedAppend> appends)
    {
        var outcomes = new Outcome[appends.Count];
        var all = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, appends.Count), CancellationToken = Cancellation };
        await Parallel.ForAsync(0, appends.Count, all, async (i, cancellationToken) => outcomes[i] = await Try(appends[i], cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return outcomes;
    }

    /// <summary>Appends, and says what came of it.</summary>
    public Task<Outcome> Try(PreparedAppend append, CancellationToken cancellationToken) => TryOn(Storage, append, cancellationToken);

    /// <summary>Appends through a storage of its own, and says what came of it.</summary>
    public async Task<Outcome> TryOn(IJournalStorage storage, PreparedAppend append, CancellationToken cancellationToken)
    {
        try
        {
            return new Outcome(append, await storage.Append(append, cancellationToken).ConfigureAwait(false), null);
        }
        catch (NagareException e)
        {
            return new Outcome(append, null, e);
        }
        catch (OperationCanceledException e) when (!Cancellation.IsCancellationRequested)
        {
            return new Outcome(append, null, e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Close().ConfigureAwait(false);
        foreach (var place in _places)
        {
            await place.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<IJournalStorage> Open(IJournalPlace place)
    {
        var storage = await place.Open(Cancellation).ConfigureAwait(false);
        _storages.Add(storage);
        return storage;
    }

    private async Task Close()
    {
        // Each container closes the storage it was given; closing one twice is harmless.
        foreach (var services in _services)
        {
            await services.DisposeAsync().ConfigureAwait(false);
        }

        _services.Clear();
        foreach (var storage in _storages)
        {
            await storage.DisposeAsync().ConfigureAwait(false);
        }

        _storages.Clear();
    }
}

/// <summary>What came of one append.</summary>
internal sealed record Outcome(PreparedAppend Append, AppendResult? Result, Exception? Error)
{
    public bool IsStored => Result is not null;

    /// <summary>Whether the error leaves open whether the append was stored.</summary>
    public bool IsUnknown => Error is AppendOutcomeUnknownException;
}
