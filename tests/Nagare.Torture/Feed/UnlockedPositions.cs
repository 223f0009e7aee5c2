using System.Collections.Concurrent;
using System.Data.Common;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Nagare.Storage;
using Nagare.Testing;

namespace Nagare.Torture;

/// <summary>
/// The saboteur of the feed: positions come from a counter that no lock guards, as from an identity column or a sequence, and commits overtake each other.
/// The readers must be seen to miss events.
/// </summary>
/// <remarks>The counter is a file that all processes map, so that every database is sabotaged alike.</remarks>
internal sealed class UnlockedPositions(IJournalStorage journal, Backend backend, string address, string counter) : PassingStorage(journal)
{
    private const int CounterBytes = sizeof(long);

    private readonly MemoryMappedFile _file = MemoryMappedFile.CreateFromFile(counter, FileMode.OpenOrCreate, null, CounterBytes);
    private readonly ConcurrentBag<DbConnection> _idle = [];

    public override async ValueTask<AppendResult> Append(PreparedAppend append, CancellationToken cancellationToken)
    {
        if (!append.Streams[0].Expected.IsMetBy(0))
        {
            throw new WrongExpectedVersionException(append.Streams[0].StreamId, append.Streams[0].Expected, 0);
        }

        var connection = _idle.TryTake(out var idle) ? idle : await backend.Connect(address);
        try
        {
            var last = Take(append.EventCount);
            await using var transaction = await connection.BeginTransactionAsync(default);
            var position = last - append.EventCount;
            foreach (var e in append.Streams[0].Events)
            {
                position++;
                await backend.Insert(transaction, new RawEvent(position, append.Streams[0].StreamId.ToString(), position, e.EventId, e.Data.ToArray()));
            }

            await transaction.CommitAsync(default);
            return new AppendResult
            {
                AppendId = append.AppendId,
                FirstPosition = last - append.EventCount + 1,
                LastPosition = last,
                EventCount = append.EventCount,
                Streams = [],
                RecordedAt = DateTimeOffset.UnixEpoch,
            };
        }
        finally
        {
            _idle.Add(connection);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var connection in _idle)
        {
            await connection.DisposeAsync();
        }

        _file.Dispose();
        await base.DisposeAsync();
    }

    private unsafe long Take(int count)
    {
        using var view = _file.CreateViewAccessor(0, CounterBytes);
        byte* bytes = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref bytes);
        try
        {
            return Interlocked.Add(ref MemoryMarshal.AsRef<long>(new Span<byte>(bytes, CounterBytes)), count);
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }
}
