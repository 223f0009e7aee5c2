namespace Nagare.Storage;

/// <summary>What must hold from row to row of a restore: each goes on where the journal and its stream ended, and no time runs backwards.</summary>
/// <remarks>
/// A function over the rows so far and the next one, as <see cref="AppendPlanner"/> is for appends, so that every journal takes the same
/// exports. That no event id comes twice is left to the journal's own key on it: remembering every id of a large export takes more
/// memory than the restore itself.
/// </remarks>
public sealed class RestoredRows
{
    private readonly Dictionary<string, StreamHead> _streams = new(StringComparer.Ordinal);

    /// <summary>Where the rows that were taken so far leave the journal.</summary>
    public JournalHead Head { get; private set; }

    /// <summary>Takes the next row and returns null, or says, as a sentence without its full stop, why it cannot come next, and leaves it.</summary>
    public string? Take(StoredRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var stream = _streams.GetValueOrDefault(row.StreamId);
        if (row.Position != Head.Position + 1)
        {
            return $"position {Head.Position + 1} was expected, {row.Position} found";
        }

        if (row.RecordedAt < Head.RecordedAt)
        {
            return $"position {row.Position} was recorded before the one in front of it";
        }

        if (row.Version != stream.Version + 1)
        {
            return $"version {stream.Version + 1} of {Printable.Shorten(row.StreamId)} was expected, {row.Version} found";
        }

        // A stream keeps its family, but a family that was renamed goes on under its new name: rows alone cannot tell.
        _streams[row.StreamId] = new StreamHead(row.Version, row.Family);
        Head = new JournalHead(row.Position, row.RecordedAt);
        return null;
    }
}
