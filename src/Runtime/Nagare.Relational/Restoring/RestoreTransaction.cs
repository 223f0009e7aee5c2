namespace Nagare.Storage;

/// <summary>Fills an empty journal with exported rows, in one transaction of a session of its own. Closing the session is what rolls back.</summary>
internal sealed class RestoreTransaction(WriteSession session, IReadOnlyList<StoredEventType> types)
{
    // Inserted at a time: enough that the loop around it costs nothing, few enough that payloads do not pile up.
    private const int MaxChunkEvents = 1_000;
    private const long MaxChunkBytes = 16L * 1024 * 1024;

    private readonly Dictionary<(string, string, int), StoredEventType> _types = types.ToDictionary(type => (type.Family, type.Name, type.SchemaVersion));
    private readonly RestoredRows _rows = new();
    private readonly List<PlannedEvent> _chunk = [];
    private long _chunkBytes;
    private Guid _firstEventId;

    public async ValueTask<JournalHead> Run(IAsyncEnumerable<StoredRow> rows, RestoreRecord record, CancellationToken cancellationToken)
    {
        try
        {
            await Fill(rows, record, cancellationToken).ConfigureAwait(false);
        }
        catch (KeyViolationException violation)
        {
            throw new RestoreException($"Two of the rows up to position {_rows.Head.Position} share an event id. Nothing was stored.", violation);
        }

        try
        {
            await session.Commit(_rows.Head, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            await session.Reset().ConfigureAwait(false);
            if (!await IsStored(failure).ConfigureAwait(false))
            {
                // Typed already, and nothing was stored.
                if (failure is JournalException or OperationCanceledException)
                {
                    throw;
                }

                throw new RestoreException($"The restore could not be committed: {failure.Message.TrimEnd('.')}. Nothing was stored.", failure);
            }
        }

        return _rows.Head;
    }

    private async ValueTask Fill(IAsyncEnumerable<StoredRow> rows, RestoreRecord record, CancellationToken cancellationToken)
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
        var last = _rows.Head.Position;
        if (record.LastPosition != 0 && record.LastPosition != last)
        {
            throw new RestoreException($"The restore says it ends at position {record.LastPosition}, but its rows end at {last}. Nothing was stored.");
        }

        await session.InsertRestore(record with { LastPosition = last }, cancellationToken).ConfigureAwait(false);
    }

    // The commit was sent and its answer is missing. The first event's id tells what became of it: one transaction, so all or nothing.
    // Whoever gave up waiting still has to hear which, so nothing here can be cancelled.
    private async ValueTask<bool> IsStored(Exception failure)
    {
        try
        {
            await session.Begin(default).ConfigureAwait(false);
            var isStored = _rows.Head.Position > 0
                ? (await session.ReadAppend(_firstEventId, 1, default).ConfigureAwait(false)).Count > 0
                : throw new InvalidOperationException("A restore without events leaves nothing to look for.");
            await session.Rollback(default).ConfigureAwait(false);
            return isStored;
        }
        catch (Exception lookup)
        {
            throw new RestoreOutcomeUnknownException(failure.Message, new AggregateException(failure, lookup));
        }
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
        if (_rows.Take(row) is { } breach)
        {
            throw new RestoreException($"Row {row.Position}: {breach}. Nothing was stored.");
        }

        if (row.Position == 1)
        {
            _firstEventId = row.EventId;
        }

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
