using Nagare.Storage;

namespace Nagare;

/// <summary>What must hold from row to row of an export: nothing missing, nothing out of order, nothing changed.</summary>
internal sealed class RestoreCheck
{
    private readonly Dictionary<string, (long Version, string Family)> _streams = new(StringComparer.Ordinal);
    private long _position;
    private long _recordedAt;

    /// <summary>How many rows were accepted.</summary>
    public long Count => _position;

    /// <summary>Says what is wrong with the next row, or accepts it and says nothing.</summary>
    public string? Breach(StoredRow row)
    {
        var breach = OrderBreach(row) ?? TextBreach(row);
        if (breach is not null)
        {
            return breach;
        }

        if (!ContentHash.Matches(row.AsStoredEvent()))
        {
            return $"the content of position {row.Position} does not fit its hash; it was changed after it was stored";
        }

        _streams[row.StreamId] = (row.Version, row.Family);
        (_position, _recordedAt) = (row.Position, row.RecordedAt);
        return null;
    }

    private string? OrderBreach(StoredRow row)
    {
        if (row.Position != _position + 1)
        {
            return $"position {_position + 1} was expected, {row.Position} found";
        }

        if (row.RecordedAt < _recordedAt)
        {
            return $"position {row.Position} was recorded before the one in front of it";
        }

        var (version, family) = _streams.GetValueOrDefault(row.StreamId, (0, row.Family));
        if (row.Version != version + 1)
        {
            return $"version {version + 1} of {Printable.Shorten(row.StreamId)} was expected, {row.Version} found";
        }

        return row.Family == family ? null : $"{Printable.Shorten(row.StreamId)} holds events of the families '{family}' and '{row.Family}'";
    }

    private static string? TextBreach(StoredRow row)
    {
        if (!StreamId.TryParse(row.StreamId, out _))
        {
            return $"'{Printable.Shorten(row.StreamId)}' is no stream id";
        }

        foreach (var text in (string?[])[row.Family, row.Type, row.CorrelationId, row.Actor, row.Subject, row.TraceParent])
        {
            if (text is not null && IdRules.Breach(text) is { } breach)
            {
                return $"'{Printable.Shorten(text)}' is no id: {breach}";
            }
        }

        if (row.SchemaVersion < 1)
        {
            return $"schema version {row.SchemaVersion} is less than 1";
        }

        return row.Data.Length > JournalLimits.MaxPayloadBytes ? $"its payload has {row.Data.Length} bytes, {JournalLimits.MaxPayloadBytes} at most are allowed" : null;
    }
}
