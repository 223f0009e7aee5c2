using System.Data.Common;
using Nagare.Storage;

namespace Nagare.Testing;

/// <summary>A fixture every storage of which is sabotaged.</summary>
internal sealed class SabotagedFixture(IJournalFixture inner, Sabotage sabotage) : IJournalFixture
{
    public string Name => $"{inner.Name}, {sabotage.Name}";

    public JournalCapabilities Capabilities => inner.Capabilities;

    public ConformanceSettings Settings => inner.Settings;

    public async ValueTask<IJournalPlace> Create(CancellationToken cancellationToken) =>
        new Place(await inner.Create(cancellationToken).ConfigureAwait(false), sabotage);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private sealed class Place(IJournalPlace inner, Sabotage sabotage) : IJournalPlace
    {
        private readonly List<CreatesSchema> _creating = [];
        private readonly InMemoryJournal _oneForAll = new();

        public async ValueTask<IJournalStorage> Open(CancellationToken cancellationToken)
        {
            var storage = sabotage.Over(await inner.Open(cancellationToken).ConfigureAwait(false));
            if (storage is CreatesSchema creating)
            {
                _creating.Add(creating);
            }

            return storage;
        }

        public ValueTask Tamper(Tampering attempt, long position, CancellationToken cancellationToken) => inner.Tamper(attempt, position, cancellationToken);

        public async ValueTask<long> CountSchemaChanges(CancellationToken cancellationToken) =>
            await inner.CountSchemaChanges(cancellationToken).ConfigureAwait(false) + _creating.Sum(storage => storage.Changes);

        public void UseNamedJournals(NagareBuilder nagare)
        {
            if (sabotage == Sabotage.KeepAllNamesInOneJournal)
            {
                nagare.UseNamedStorage((_, _) => new InMemoryStorage(_oneForAll));
            }
            else
            {
                inner.UseNamedJournals(nagare);
            }
        }

        public ValueTask<DbConnection> Connect(CancellationToken cancellationToken) => inner.Connect(cancellationToken);

        public ValueTask<string> CreateTable(CancellationToken cancellationToken) => inner.CreateTable(cancellationToken);

        public ValueTask<IAsyncDisposable> HoldTransactionOpen(CancellationToken cancellationToken) => inner.HoldTransactionOpen(cancellationToken);

        public ValueTask<IAsyncDisposable> StandIdle(CancellationToken cancellationToken) => inner.StandIdle(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
