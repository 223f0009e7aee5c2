namespace Nagare.Storage;

/// <summary>Writes where the database's client is asynchronous: no thread waits while the database works.</summary>
internal sealed class WriterTask
{
    private readonly AppendQueue _queue;
    private readonly BatchWriter _writer;

    public WriterTask(AppendQueue queue, BatchWriter writer)
    {
        _queue = queue;
        _writer = writer;
        Ended = Run();
    }

    /// <summary>Completes once the queue is closed and empty.</summary>
    public Task Ended { get; }

    private async Task Run()
    {
        var batch = new List<QueuedAppend>();
        var isWritable = true;
        bool isClosed;
        do
        {
            await _queue.WaitForWorkAsync().ConfigureAwait(false);
            // Asked before the queue is emptied: once it is closed, what is taken below is the last there is.
            isClosed = _queue.IsClosed;
            while (_queue.TryTake(batch))
            {
                if (!isWritable && _queue.IsClosed)
                {
                    BatchWriter.FailAll(batch, BatchWriter.ClosedWhileUnwritable());
                    continue;
                }

                isWritable = await _writer.Write(batch).ConfigureAwait(false);
            }
        }
        while (!isClosed);
    }
}
