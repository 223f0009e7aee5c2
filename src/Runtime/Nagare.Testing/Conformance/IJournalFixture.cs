using System.Data.Common;
using Nagare.Storage;

namespace Nagare.Testing;

/// <summary>What the conformance suite asks of a provider: places to keep journals in, and what can be tried on them.</summary>
/// <remarks>Write one for your provider or your own server, and run every scenario of <see cref="JournalConformance.Scenarios"/> against it.</remarks>
public interface IJournalFixture : IAsyncDisposable
{
    /// <summary>What is tested, as reports name it: "SQLite 3.53.3, synchronous=FULL".</summary>
    string Name { get; }

    /// <summary>What this fixture enrols. A scenario that needs more is reported as missing, never as passed.</summary>
    JournalCapabilities Capabilities { get; }

    /// <summary>How large and how long the scenarios are.</summary>
    ConformanceSettings Settings => ConformanceSettings.Default;

    /// <summary>Makes a place for one journal, new and empty: a file, a schema, a database. Scenarios share none.</summary>
    ValueTask<IJournalPlace> Create(CancellationToken cancellationToken);
}

/// <summary>The place of one journal. Disposing it removes it.</summary>
public interface IJournalPlace : IAsyncDisposable
{
    /// <summary>Opens a storage over the journal in this place, creating its tables where they are missing. The caller disposes it.</summary>
    ValueTask<IJournalStorage> Open(CancellationToken cancellationToken);

    /// <summary>
    /// Tries to change a stored event behind the journal's back, as somebody with the database's own tools would, and throws what the
    /// database answers. For <see cref="JournalCapabilities.RefusesTampering"/>.
    /// </summary>
    ValueTask Tamper(Tampering attempt, long position, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{GetType()} does not enrol {nameof(JournalCapabilities.RefusesTampering)}.");

    /// <summary>How many times the schema of this place was changed so far. For <see cref="JournalCapabilities.CountsSchemaChanges"/>.</summary>
    ValueTask<long> CountSchemaChanges(CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{GetType()} does not enrol {nameof(JournalCapabilities.CountsSchemaChanges)}.");

    /// <summary>
    /// Takes what a writer takes (the journal's head) in a transaction of its own, stores nothing, and keeps it until disposed. For
    /// <see cref="JournalCapabilities.HoldsTransactionOpen"/>.
    /// </summary>
    ValueTask<IAsyncDisposable> HoldTransactionOpen(CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{GetType()} does not enrol {nameof(JournalCapabilities.HoldsTransactionOpen)}.");

    /// <summary>
    /// Begins a transaction of its own that has seen the journal, has whatever the database counts transactions by, takes nothing that a
    /// writer takes, and stands idle until disposed. For <see cref="JournalCapabilities.StandsIdle"/>.
    /// </summary>
    ValueTask<IAsyncDisposable> StandIdle(CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{GetType()} does not enrol {nameof(JournalCapabilities.StandsIdle)}.");

    /// <summary>A connection of the database's client to this place, open, as the application has one. The caller disposes it. For <see cref="JournalCapabilities.SharesTransactions"/>.</summary>
    ValueTask<DbConnection> Connect(CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{GetType()} does not enrol {nameof(JournalCapabilities.SharesTransactions)}.");

    /// <summary>
    /// Says where named journals are kept that belong to this place, in the words of the provider (<c>UseSqliteFolder</c> and its like), such that they are created when they are
    /// opened, and gone with the place. For <see cref="JournalCapabilities.NamedJournals"/>.
    /// </summary>
    void UseNamedJournals(NagareBuilder nagare) =>
        throw new NotSupportedException($"{GetType()} does not enrol {nameof(JournalCapabilities.NamedJournals)}.");

    /// <summary>
    /// Makes a table beside the journal that the application may read and write, of the columns <c>id</c>, a text and its key, and <c>n</c>, a number. Returns
    /// what statements on <see cref="Connect"/>'s connections call it. For <see cref="JournalCapabilities.SharesTransactions"/>.
    /// </summary>
    ValueTask<string> CreateTable(CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{GetType()} does not enrol {nameof(JournalCapabilities.SharesTransactions)}.");
}

/// <summary>What a provider can be asked besides <see cref="IJournalStorage"/> itself.</summary>
[Flags]
public enum JournalCapabilities
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A journal outlives its storage: <see cref="IJournalPlace.Open"/> after the first storage was disposed finds what it stored.</summary>
    Restart = 1,

    /// <summary>Two storages may be open over one journal at the same time, and both may write.</summary>
    SecondStorage = 2,

    /// <summary>The database itself enforces append-only, and <see cref="IJournalPlace.Tamper"/> tries it.</summary>
    RefusesTampering = 4,

    /// <summary><see cref="IJournalPlace.CountSchemaChanges"/> answers.</summary>
    CountsSchemaChanges = 8,

    /// <summary><see cref="IJournalPlace.HoldTransactionOpen"/> answers.</summary>
    HoldsTransactionOpen = 16,

    /// <summary><see cref="IJournalPlace.StandIdle"/> answers.</summary>
    StandsIdle = 32,

    /// <summary>
    /// The storage lets its caller's code take part in an append and appends in its caller's transaction; <see cref="IJournalPlace.Connect"/> and
    /// <see cref="IJournalPlace.CreateTable"/> answer.
    /// </summary>
    SharesTransactions = 64,

    /// <summary>The storage keeps snapshots.</summary>
    Snapshots = 128,

    /// <summary><see cref="IJournalPlace.UseNamedJournals"/> answers.</summary>
    NamedJournals = 256,
}

/// <summary>Ways to change what must not change.</summary>
public enum Tampering
{
    /// <summary>An update of the event's payload.</summary>
    Update,

    /// <summary>A deletion of the event.</summary>
    Delete,

    /// <summary>An insertion of another event over the same position, which must neither replace it nor stand beside it.</summary>
    InsertOver,
}
