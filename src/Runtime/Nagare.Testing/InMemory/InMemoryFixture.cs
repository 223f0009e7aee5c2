using System.Collections.Concurrent;
using Nagare.Storage;

namespace Nagare.Testing;

/// <summary>The in-memory journal as the suite sees it. A restart closes the storage and opens another over what it kept; the memory itself lasts as long as the process.</summary>
/// <param name="settings">How large and how long the scenarios are; the defaults where null.</param>
public sealed class InMemoryFixture(ConformanceSettings? settings = null) : IJournalFixture
{
    /// <inheritdoc/>
    public string Name => "in memory";

    /// <inheritdoc/>
    public JournalCapabilities Capabilities => JournalCapabilities.Restart | JournalCapabilities.SecondStorage | JournalCapabilities.Snapshots | JournalCapabilities.NamedJournals;

    /// <inheritdoc/>
    public ConformanceSettings Settings => settings ?? ConformanceSettings.Default;

    /// <inheritdoc/>
    public ValueTask<IJournalPlace> Create(CancellationToken cancellationToken) => new(new Place());

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Place : IJournalPlace
    {
        private readonly InMemoryJournal _journal = new();
        private readonly ConcurrentDictionary<string, InMemoryJournal> _named = new();

        public void UseNamedJournals(NagareBuilder nagare) => nagare.UseInMemoryJournals(_named);

        public async ValueTask<IJournalStorage> Open(CancellationToken cancellationToken)
        {
            var storage = new InMemoryStorage(_journal);
            await storage.Open(cancellationToken).ConfigureAwait(false);
            return storage;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
