using Nagare.Storage;

namespace Nagare.Testing;

/// <summary>The in-memory journal with what only a database has, acted: so that the scenarios for it can be seen to pass and to fail.</summary>
internal sealed class EnrollingFixture(ConformanceSettings settings) : IJournalFixture
{
    private readonly InMemoryFixture _inner = new(settings);

    public bool AllowsTampering { get; init; }

    public string Name => "in memory, acting a database";

    public JournalCapabilities Capabilities => _inner.Capabilities | JournalCapabilities.RefusesTampering | JournalCapabilities.CountsSchemaChanges;

    public ConformanceSettings Settings => settings;

    public async ValueTask<IJournalPlace> Create(CancellationToken cancellationToken) => new Place(await _inner.Create(cancellationToken), AllowsTampering);

    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    private sealed class Place(IJournalPlace inner, bool allowsTampering) : IJournalPlace
    {
        public ValueTask<IJournalStorage> Open(CancellationToken cancellationToken) => inner.Open(cancellationToken);

        public ValueTask Tamper(Tampering attempt, long position, CancellationToken cancellationToken) =>
            allowsTampering ? ValueTask.CompletedTask : throw new InvalidOperationException("The events of a journal are never changed.");

        public void UseNamedJournals(NagareBuilder nagare) => inner.UseNamedJournals(nagare);

        public ValueTask<long> CountSchemaChanges(CancellationToken cancellationToken) => new(1);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
