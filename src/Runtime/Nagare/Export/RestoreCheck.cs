using Nagare.Storage;

namespace Nagare;

/// <summary>What must hold from row to row of an export: nothing missing, nothing out of order, nothing changed.</summary>
internal sealed class RestoreCheck
{
    private readonly RestoredRows _rows = new();

    /// <summary>How many rows came in order; a restore ends at the first breach.</summary>
    public long Count => _rows.Head.Position;

    /// <summary>What is wrong with the next row, or null where it may be stored.</summary>
    public string? Breach(StoredRow row) => _rows.Take(row) ?? TextBreach(row) ?? ContentBreach(row);

    private static string? ContentBreach(StoredRow row) => ContentHash.Matches(row.AsStoredEvent())
        ? null
        : $"the content of position {row.Position} does not fit its hash; it was changed after it was stored";

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
