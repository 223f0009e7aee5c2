using Nagare.Storage;

namespace Nagare.Testing;

/// <summary>The rows of a restore as they come in: each must go on where the journal and its stream ended.</summary>
internal sealed class RestoredRows
{
    private readonly List<StoredRow> _rows = [];
    private readonly HashSet<Guid> _eventIds = [];
    private readonly Dictionary<string, StreamHead> _streams = new(StringComparer.Ordinal);

    public IReadOnlyList<StoredRow> Rows => _rows;

    public void Add(StoredRow row)
    {
        if (row.Position != _rows.Count + 1)
        {
            throw new RestoreException($"Position {row.Position} came where {_rows.Count + 1} was due; positions are dense. Nothing was stored.");
        }

        var stream = _streams.GetValueOrDefault(row.StreamId);
        if (row.Version != stream.Version + 1)
        {
            throw new RestoreException($"Position {row.Position} holds version {row.Version} of {row.StreamId} where {stream.Version + 1} was due. Nothing was stored.");
        }

        if (stream.Family is { } family && family != row.Family)
        {
            throw new RestoreException($"Position {row.Position} holds an event of '{row.Family}' in {row.StreamId}, a stream of '{family}'. Nothing was stored.");
        }

        if (!_eventIds.Add(row.EventId))
        {
            throw new RestoreException($"Position {row.Position} holds event {row.EventId} for the second time. Nothing was stored.");
        }

        if (_rows is [.., var last] && row.RecordedAt < last.RecordedAt)
        {
            throw new RestoreException($"Position {row.Position} was recorded before the event in front of it; recorded times never run backwards. Nothing was stored.");
        }

        _streams[row.StreamId] = new StreamHead(row.Version, row.Family);
        _rows.Add(row);
    }
}
