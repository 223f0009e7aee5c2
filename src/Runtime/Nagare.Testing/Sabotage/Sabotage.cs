using Nagare.Storage;

namespace Nagare.Testing;

/// <summary>A protecting mechanism, switched off: the proof that the suite looks at it.</summary>
/// <remarks>
/// Each works over any storage. Run the suite against <see cref="Over(IJournalFixture)"/>: at least one scenario of <see cref="Group"/> must turn red.
/// Where a provider can switch off the real thing (drop a trigger, drop a unique key), let it do that too.
/// </remarks>
public sealed class Sabotage
{
    private readonly Func<IJournalStorage, IJournalStorage> _wrap;

    private Sabotage(string name, string what, ConformanceGroup group, Func<IJournalStorage, IJournalStorage> wrap) =>
        (Name, What, Group, _wrap) = (name, what, group, wrap);

    /// <summary>Takes every append, whatever its writer expects.</summary>
    public static Sabotage ForgetExpectedVersion { get; } = new(nameof(ForgetExpectedVersion), "takes every append, whatever its writer expects", ConformanceGroup.Append, inner => new ForgetsExpectedVersion(inner));

    /// <summary>Does not know an append id when it comes again.</summary>
    public static Sabotage ForgetAppendIds { get; } = new(nameof(ForgetAppendIds), "does not know an append id when it comes again", ConformanceGroup.Reliability, inner => new ForgetsAppendIds(inner));

    /// <summary>Answers first and stores with the next append.</summary>
    public static Sabotage AcknowledgeBeforeStoring { get; } = new(nameof(AcknowledgeBeforeStoring), "answers first and stores with the next append", ConformanceGroup.Append, inner => new AcknowledgesBeforeStoring(inner));

    /// <summary>Acknowledges every seventh append without storing it.</summary>
    public static Sabotage LoseOneOfManyAppends { get; } = new(nameof(LoseOneOfManyAppends), "acknowledges every seventh append without storing it", ConformanceGroup.Reliability, inner => new LosesAppends(inner));

    /// <summary>Stores the streams of an append one after the other.</summary>
    public static Sabotage StoreStreamByStream { get; } = new(nameof(StoreStreamByStream), "stores the streams of an append one after the other", ConformanceGroup.Append, inner => new StoresStreamByStream(inner));

    /// <summary>Gives the newest event of a page and leaves out the one before it, as a feed does that tails a plain identity column.</summary>
    public static Sabotage GapInFeed { get; } = new(nameof(GapInFeed), "passes an event that was not visible yet", ConformanceGroup.Feed, inner => new LeavesGapInFeed(inner));

    /// <summary>Gives the newest events of a page in another order.</summary>
    public static Sabotage ReorderFeed { get; } = new(nameof(ReorderFeed), "gives two events of the feed in another order", ConformanceGroup.Feed, inner => new ReordersFeed(inner));

    /// <summary>Reads every stream to its end, whatever version was asked for.</summary>
    public static Sabotage ReadOnlyTheNewestVersion { get; } = new(nameof(ReadOnlyTheNewestVersion), "reads every stream to its end, whatever version was asked for", ConformanceGroup.State, inner => new ReadsOnlyTheNewest(inner));

    /// <summary>Writes payloads anew when the whole journal is read, as a database's own JSON type does.</summary>
    public static Sabotage ChangeBytesOnExport { get; } = new(nameof(ChangeBytesOnExport), "writes payloads anew when the whole journal is read", ConformanceGroup.State, inner => new ChangesBytes(inner));

    /// <summary>Reads every event as the first version of its schema.</summary>
    public static Sabotage ForgetSchemaVersion { get; } = new(nameof(ForgetSchemaVersion), "reads every event as the first version of its schema", ConformanceGroup.State, inner => new ForgetsSchemaVersion(inner));

    /// <summary>Compares keys without their case, as two of the databases do by default.</summary>
    public static Sabotage ConfuseIds { get; } = new(nameof(ConfuseIds), "compares stream ids without their case", ConformanceGroup.Hostile, inner => new ConfusesIds(inner));

    /// <summary>Ignores the upper bound and the direction of a read.</summary>
    public static Sabotage IgnoreBounds { get; } = new(nameof(IgnoreBounds), "ignores the bounds of a read", ConformanceGroup.Reading, inner => new IgnoresBounds(inner));

    /// <summary>Checks and creates its schema with every append.</summary>
    public static Sabotage CreateSchemaOnTheDataPath { get; } = new(nameof(CreateSchemaOnTheDataPath), "checks and creates its schema with every append", ConformanceGroup.State, inner => new CreatesSchema(inner));

    /// <summary>Stores an append's events before and beside what its caller's code does.</summary>
    public static Sabotage StoreBesideTheParticipant { get; } = new(nameof(StoreBesideTheParticipant), "stores an append's events before and beside what its caller's code does", ConformanceGroup.Transactions, inner => new StoresBesideTheParticipant(inner));

    /// <summary>Appends on its own instead of in the caller's transaction.</summary>
    public static Sabotage AppendOutsideTheTransaction { get; } = new(nameof(AppendOutsideTheTransaction), "appends on its own instead of in the caller's transaction", ConformanceGroup.Transactions, inner => new AppendsOutsideTheTransaction(inner));

    /// <summary>Keeps no snapshot.</summary>
    public static Sabotage KeepNoSnapshots { get; } = new(nameof(KeepNoSnapshots), "keeps no snapshot that it is given", ConformanceGroup.State, inner => new KeepsNoSnapshots(inner));

    /// <summary>Takes every snapshot for a good one.</summary>
    public static Sabotage TrustEverySnapshot { get; } = new(nameof(TrustEverySnapshot), "takes every snapshot for a good one", ConformanceGroup.State, inner => new TrustsEverySnapshot(inner));

    /// <summary>Keeps the journals of all names in one.</summary>
    public static Sabotage KeepAllNamesInOneJournal { get; } = new(nameof(KeepAllNamesInOneJournal), "keeps the journals of all names in one", ConformanceGroup.Tenants, inner => inner);

    /// <summary>All of them: at least one for each group.</summary>
    public static IReadOnlyList<Sabotage> All { get; } =
    [
        ForgetExpectedVersion, ForgetAppendIds, AcknowledgeBeforeStoring, LoseOneOfManyAppends, StoreStreamByStream, GapInFeed, ReorderFeed,
        ReadOnlyTheNewestVersion, ChangeBytesOnExport, ForgetSchemaVersion, ConfuseIds, IgnoreBounds, CreateSchemaOnTheDataPath,
        KeepAllNamesInOneJournal, KeepNoSnapshots, TrustEverySnapshot, StoreBesideTheParticipant, AppendOutsideTheTransaction,
    ];

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What a storage does under it, as a sentence without its subject.</summary>
    public string What { get; }

    /// <summary>The group of which at least one scenario must turn red.</summary>
    public ConformanceGroup Group { get; }

    /// <summary>The same fixture with the mechanism switched off in every storage it opens.</summary>
    public IJournalFixture Over(IJournalFixture fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        return new SabotagedFixture(fixture, this);
    }

    /// <summary>The same storage with the mechanism switched off.</summary>
    public IJournalStorage Over(IJournalStorage storage)
    {
        ArgumentNullException.ThrowIfNull(storage);
        return _wrap(storage);
    }

    /// <summary>Its name.</summary>
    public override string ToString() => Name;
}
