namespace Nagare.Storage;

/// <summary>Fills an empty journal with exported rows, in one transaction of a session of its own. Closing the session is what rolls back.</summary>
internal sealed class RestoreTransaction(WriteSession session, IReadOnlyList<StoredEventType> types)
{
    // Inserted at a time: enough that the loop around it costs nothing, few enough that payloads do not pile up.
    private const int MaxChunkEvents = 1_000;
    private const long MaxChunkBytes = 16L * 1024 * 1024;

    private readonly Dictionary<(string, string, int), StoredEventType> _types = types.ToDictionary(type => (type.Family, type.Name, type.SchemaVersion));
    private readonly Dictionary<string, StreamHead> _streams = new(StringComparer.Ordinal);
    private readonly List<PlannedEvent> _chunk = [];
    private long _chunkBytes;
    private JournalHead _head;

    public async ValueTask<JournalHead> Run(IAsyncEnumerable<StoredRow> rows, RestoreRecord record, CancellationToken cancellationToken)
    {
        try
        {
            return await Fill(rows, record, cancellationToken).ConfigureAwait(false);
        }
        catch (KeyViolationException violation)
        {
            throw new RestoreException($"Two of the rows up to position {_head.Position} share an event id. Nothing was stored.", violation);
        }
    }

    private async ValueTask<JournalHead> Fill(IAsyncEnumerable<StoredRow> rows, RestoreRecord record, CancellationToken cancellationToken)
    {
        var found = await session.Begin(cancellationToken).ConfigureAwait(false);
        if (found.Position > 0)
        {
            throw new RestoreException($"A restore goes into an empty journal; this one is at position {found.Position}. Nothing was stored.");
        }

        await session.InsertTypes(types, cancellationToken).ConfigureAwait(false);
        await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            _chunk.Add(Check(row));
            _chunkBytes += row.Data.Length + row.Metadata.Length;
            if (_chunk.Count == MaxChunkEvents || _chunkBytes >= MaxChunkBytes)
            {
                await InsertChunk(cancellationToken).ConfigureAwait(false);
            }
        }

        await InsertChunk(cancellationToken).ConfigureAwait(false);
        if (record.LastPosition != 0 && record.LastPosition != _head.Position)
        {
            throw new RestoreException($"The restore says it ends at position {record.LastPosition}, but its rows end at {_head.Position}. Nothing was stored.");
        }

        await session.InsertRestore(record with { LastPosition = _head.Position }, cancellationToken).ConfigureAwait(false);
        await session.Commit(_head, cancellationToken).ConfigureAwait(false);
        return _head;
    }

    private async ValueTask InsertChunk(CancellationToken cancellationToken)
    {
        if (_chunk.Count > 0 && await session.Insert(_chunk, cancellationToken).ConfigureAwait(false) is var inserted && inserted != _chunk.Count)
        {
            throw new JournalUnavailableException($"The database reports {inserted} rows inserted where {_chunk.Count} were given to it. Nothing was stored.");
        }

        _chunk.Clear();
        _chunkBytes = 0;
    }

    private PlannedEvent Check(StoredRow row)
    {
        if (row.Position != _head.Position + 1)
        {
            throw new RestoreException($"Position {row.Position} follows position {_head.Position}; positions are dense and begin at 1. Nothing was stored.");
        }

        var stream = _streams.GetValueOrDefault(row.StreamId);
        if (row.Version != stream.Version + 1)
        {
            throw new RestoreException($"Position {row.Position} is version {row.Version} of {row.StreamId}, which is at version {stream.Version}; versions are dense and begin at 1. Nothing was stored.");
        }

        if (stream.Family is { } family && family != row.Family)
        {
            throw new RestoreException($"Position {row.Position} gives {row.StreamId}, a stream of the family '{family}', an event of '{row.Family}'. Nothing was stored.");
        }

        if (row.RecordedAt < _head.RecordedAt)
        {
            throw new RestoreException($"Position {row.Position} was recorded before the position in front of it; recorded times never run backwards. Nothing was stored.");
        }

        _streams[row.StreamId] = new StreamHead(row.Version, row.Family);
        _head = new JournalHead(row.Position, row.RecordedAt);
        return Planned(row);
    }

    private PlannedEvent Planned(StoredRow row)
    {
        StreamId stream;
        IReadOnlyList<ReadOnlyMemory<byte>> furtherCauses;
        try
        {
            stream = StreamId.Parse(row.StreamId);
            furtherCauses = [.. StoredMetadata.FromBytes(row.Metadata.Span).FurtherCauses.Select(cause => (ReadOnlyMemory<byte>)cause.ToBytes())];
        }
        catch (Exception breach) when (breach is InvalidStreamIdException or FormatException)
        {
            throw new RestoreException($"Position {row.Position}: {breach.Message} Nothing was stored.", breach);
        }

        return new PlannedEvent(row.Position, stream, row.Version, row.RecordedAt, new PreparedEvent
        {
            EventId = row.EventId,
            Type = TypeOf(row),
            Data = row.Data,
            Metadata = row.Metadata,
            CorrelationId = row.CorrelationId,
            CausationId = row.CausationId,
            FurtherCauses = furtherCauses,
            TraceParent = row.TraceParent,
            Actor = row.Actor,
            Subject = row.Subject,
            OccurredAt = row.OccurredAt,
            Salt = row.Salt,
            ContentHash = row.ContentHash,
        });
    }

    // An export may hold types that nothing describes; only their names are stored with the rows.
    private StoredEventType TypeOf(StoredRow row) => _types.TryGetValue((row.Family, row.Type, row.SchemaVersion), out var described)
        ? described
        : new StoredEventType(row.Family, row.Type, row.SchemaVersion, "", null);
}
