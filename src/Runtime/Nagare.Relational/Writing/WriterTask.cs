namespace Nagare.Storage;

/// <summary>Writes where the database's client is asynchronous: no thread waits while the database works.</summary>
internal sealed class WriterTask
{
    private readonly AppendQueue _queue;
    private readonly BatchWriter _writer;
    private readonly TimeProvider _clock;

    public WriterTask(AppendQueue queue, BatchWriter writer, TimeProvider clock)
    {
        _queue = queue;
        _writer = writer;
        _clock = clock;
        Ended = Run();
    }

    /// <summary>Completes once the queue is closed and empty.</summary>
    public Task Ended { get; }

    private async Task Run()
    {
        var batch = new List<QueuedAppend>();
        var returning = new ReturningCallers(_queue, _clock);
        var isWritable = true;
        bool isClosed;
        do
        {
            // Who is told there goes on on this thread: nobody else waits for it once the writer waits for work.
            await _queue.WaitForWorkAsync(returning.IsOne, _writer.TakeUntold()).ConfigureAwait(false);
            // Asked before the queue is emptied: once it is closed, what is taken below is the last there is.
            isClosed = _queue.IsClosed;
            await returning.Wait().ConfigureAwait(false);
            while (_queue.TryTake(batch))
            {
                _writer.TakeUntold()?.TellElsewhere();
                if (!isWritable && _queue.IsClosed)
                {
                    BatchWriter.FailAll(batch, BatchWriter.ClosedWhileUnwritable());
                    continue;
                }

                var begun = _clock.GetTimestamp();
                _writer.LeavesOneUntold = returning.IsOne;
                isWritable = await _writer.Write(batch).ConfigureAwait(false);
                returning.Note(batch.Count, begun);
                if (_queue.QueuedAppends > 0)
                {
                    _writer.TakeUntold()?.TellElsewhere();
                    await returning.Wait().ConfigureAwait(false);
                }
            }
        }
        while (!isClosed);
        _writer.TakeUntold()?.TellElsewhere();
    }
}
