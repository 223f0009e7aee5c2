namespace Nagare.Storage;

/// <summary>The one thread on which a database without an asynchronous client writes.</summary>
internal sealed class WriterThread
{
    private readonly AppendQueue _queue;
    private readonly BatchWriter _writer;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WriterThread(AppendQueue queue, BatchWriter writer, string name)
    {
        _queue = queue;
        _writer = writer;
        new Thread(Run) { IsBackground = true, Name = name }.Start();
    }

    /// <summary>Completes once the queue is closed and empty.</summary>
    public Task Ended => _ended.Task;

    private void Run()
    {
        var batch = new List<QueuedAppend>();
        var isWritable = true;
        bool isClosed;
        do
        {
            _queue.WaitForWork();
            // Asked before the queue is emptied: once it is closed, what is taken below is the last there is.
            isClosed = _queue.IsClosed;
            while (_queue.TryTake(batch))
            {
                if (!isWritable && _queue.IsClosed)
                {
                    BatchWriter.FailAll(batch, BatchWriter.ClosedWhileUnwritable());
                    continue;
                }

                // Sessions of such a database complete at once; nothing here leaves this thread.
                isWritable = _writer.Write(batch).AsTask().GetAwaiter().GetResult();
            }
        }
        while (!isClosed);
        _ended.SetResult();
    }
}
