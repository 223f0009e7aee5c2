namespace Nagare;

/// <summary>The journal could not do what was asked.</summary>
public abstract class JournalException : NagareException
{
    /// <summary>Says what happened.</summary>
    protected JournalException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>A stream was not at the version its writer expected. Nothing was stored: load again and decide again.</summary>
public sealed class WrongExpectedVersionException(StreamId streamId, ExpectedVersion expected, StreamVersion actual)
    : JournalException($"Append to {streamId} expected {expected}, but the stream is at version {actual}. Nothing was stored; load it again and decide again.")
{
    /// <summary>The stream.</summary>
    public StreamId StreamId { get; } = streamId;

    /// <summary>What the writer expected.</summary>
    public ExpectedVersion Expected { get; } = expected;

    /// <summary>The version found; 0 where the stream does not exist.</summary>
    public StreamVersion Actual { get; } = actual;
}

/// <summary>It is not known whether an append was stored. Ask <see cref="IJournal.FindAppend"/> or append again with the same id.</summary>
public sealed class AppendOutcomeUnknownException(Guid appendId, string reason, Exception? inner = null)
    : JournalException($"Whether append {appendId} was stored is not known: {reason}. Ask FindAppend, or append again with the same append id.", inner)
{
    /// <summary>The id to ask with.</summary>
    public Guid AppendId { get; } = appendId;
}

/// <summary>An append id came again with other events. Nothing was stored; an append id belongs to one content.</summary>
public sealed class AppendIdReusedException(Guid appendId, string difference)
    : JournalException($"Append id {appendId} was used before for other events: {difference}. Nothing was stored; take a new append id for new events.")
{
    /// <summary>The id that came again.</summary>
    public Guid AppendId { get; } = appendId;

    /// <summary>The first difference found.</summary>
    public string Difference { get; } = difference;
}

/// <summary>A version was asked for that the stream has not reached.</summary>
public sealed class StreamVersionNotFoundException(StreamId streamId, StreamVersion asked, StreamVersion last)
    : JournalException($"{streamId} was asked for version {asked}, but its last version is {last}.")
{
    /// <summary>The stream.</summary>
    public StreamId StreamId { get; } = streamId;

    /// <summary>The version asked for.</summary>
    public StreamVersion Asked { get; } = asked;

    /// <summary>The last version there is; 0 where the stream does not exist.</summary>
    public StreamVersion Last { get; } = last;
}

/// <summary>An append, an event or its metadata is larger than the published limit. Nothing was stored.</summary>
public sealed class PayloadTooLargeException(string what, long actual, long limit, string unit)
    : JournalException($"{what} has {actual} {unit}, {limit} at most are allowed. Nothing was stored.")
{
    /// <summary>How much there was.</summary>
    public long Actual { get; } = actual;

    /// <summary>How much is allowed; see <see cref="JournalLimits"/>.</summary>
    public long Limit { get; } = limit;

    /// <summary>What is counted: bytes, events, streams, levels, entries or further causes.</summary>
    public string Unit { get; } = unit;
}

/// <summary>A text is no stream id.</summary>
public sealed class InvalidStreamIdException(string text, string breach)
    : JournalException($"'{Printable.Shorten(text)}' is no stream id: {breach}.")
{
    /// <summary>The text.</summary>
    public string Text { get; } = text;
}

/// <summary>A correlation, causation, actor or subject id or a stored name breaks the rules for ids.</summary>
public sealed class InvalidIdException(string what, string text, string breach)
    : JournalException($"'{Printable.Shorten(text)}' is no {what}: {breach}.")
{
    /// <summary>Which id: "correlation id", "actor" and so on.</summary>
    public string What { get; } = what;

    /// <summary>The text.</summary>
    public string Text { get; } = text;
}

/// <summary>The database cannot be reached or opened, or it is not what it should be. Nothing was stored.</summary>
public sealed class JournalUnavailableException(string message, Exception? inner = null) : JournalException(message, inner);

/// <summary>Another writer held the journal for longer than the busy time-out. Nothing was stored; try again later.</summary>
public sealed class JournalBusyException(TimeSpan waited, Exception? inner = null)
    : JournalException($"Another writer held the journal for {waited.TotalSeconds:0.###} s. Nothing was stored; try again, or give the journal a longer busy time-out.", inner)
{
    /// <summary>How long the writer waited.</summary>
    public TimeSpan Waited { get; } = waited;
}

/// <summary>The journal's tables are missing, older or newer than this build. Create, upgrade or take the newer build; nothing was changed.</summary>
public sealed class JournalSchemaException(string message) : JournalException(message);

/// <summary>A restore found the journal not empty, or a line of its input wrong. Nothing was stored.</summary>
public sealed class RestoreException(string message, Exception? inner = null) : JournalException(message, inner);

/// <summary>It is not known whether a restore was stored. Read the journal's head: it stands at the export's last position where it was, at 0 where it was not.</summary>
public sealed class RestoreOutcomeUnknownException(string reason, Exception? inner = null)
    : JournalException($"Whether the restore was stored is not known: {reason.TrimEnd('.')}. Read the journal's head: at 0 nothing was stored and the restore can be run again, else all of it was.", inner);

/// <summary>
/// A journal does not hold what a mark kept elsewhere saw: an older backup of it was restored. Nothing was changed. Restore a newer backup or an export;
/// or, where the loss is meant, take a new mark and rebuild whatever followed the journal.
/// </summary>
public sealed class JournalBehindException(JournalMark known, JournalMark found)
    : JournalException(found.Position == known.Position
        ? $"The journal holds event {found.EventId} at position {found.Position}, where event {known.EventId} was seen before. An older backup was restored and written on; nothing was changed. Restore a newer one, or take a new mark and rebuild what followed the journal."
        : $"The journal ends at position {found.Position} (event {found.EventId}), but position {known.Position} (event {known.EventId}) was seen before. An older backup was restored; nothing was changed. Restore a newer one, or take a new mark and rebuild what followed the journal.")
{
    /// <summary>What was seen before.</summary>
    public JournalMark Known { get; } = known;

    /// <summary>What is there now: the event at the same position, or the journal's end where that is before it.</summary>
    public JournalMark Found { get; } = found;
}
