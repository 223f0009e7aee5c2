namespace Nagare.Storage;

/// <summary>Compares an append that came again with what its id stored first, and rebuilds the first answer from the rows.</summary>
public static class AppendComparison
{
    /// <summary>The first difference in number, id, stream, type, schema version or data; null where the content is the same.</summary>
    /// <param name="append">The append that came again.</param>
    /// <param name="stored">The rows under its event ids, in order.</param>
    public static string? Difference(PreparedAppend append, IReadOnlyList<StoredRow> stored)
    {
        ArgumentNullException.ThrowIfNull(append);
        ArgumentNullException.ThrowIfNull(stored);
        if (append.EventCount != stored.Count)
        {
            return $"it stored {stored.Count} events, now {append.EventCount} came";
        }

        var place = 0;
        foreach (var stream in append.Streams)
        {
            foreach (var e in stream.Events)
            {
                var row = stored[place];
                if (row.EventId != EventIds.At(append.AppendId, place))
                {
                    return $"its ids reach into those of another append, from event {place} on";
                }

                if (row.StreamId != stream.StreamId.ToString())
                {
                    return $"event {place} went to {row.StreamId}, now to {stream.StreamId}";
                }

                if (row.Family != e.Type.Family || row.Type != e.Type.Name || row.SchemaVersion != e.Type.SchemaVersion)
                {
                    return $"event {place} was {row.Family}/{row.Type} v{row.SchemaVersion}, now it is {e.Type.Family}/{e.Type.Name} v{e.Type.SchemaVersion}";
                }

                if (!row.Data.Span.SequenceEqual(e.Data.Span))
                {
                    return $"event {place} ({row.Family}/{row.Type}) had other data";
                }

                place++;
            }
        }

        return null;
    }

    /// <summary>The answer that an append got, from the rows it stored.</summary>
    /// <param name="appendId">The append's id.</param>
    /// <param name="stored">Its rows in order of position, at least one.</param>
    public static AppendResult Result(Guid appendId, IReadOnlyList<StoredRow> stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var sink = new StoredAppendSink(appendId);
        foreach (var row in stored)
        {
            sink.Accept(row.AsStoredEvent());
        }

        return sink.Result();
    }
}
