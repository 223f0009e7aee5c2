using System.Collections.Concurrent;
using Nagare.Benchmarks.Events;

namespace Nagare.Benchmarks.Sqlite;

/// <summary>The raw technique for many callers: one thread that takes what waits, commits it at once and then answers everybody.</summary>
internal sealed class RawWriterThread : IDisposable
{
    private readonly BlockingCollection<(BenchEvent.ToolReturned Event, string Stream, long Version, TaskCompletionSource Done)> _queue = [];
    private readonly RawJournal _journal;
    private readonly Thread _thread;

    public RawWriterThread(RawJournal journal)
    {
        _journal = journal;
        _thread = new Thread(Write) { IsBackground = true };
        _thread.Start();
    }

    public Task Append(BenchEvent.ToolReturned e, string stream, long version)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Add((e, stream, version, done));
        return done.Task;
    }

    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
    }

    private void Write()
    {
        var position = _journal.LastPosition();
        var taken = new List<TaskCompletionSource>();
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            _journal.Begin();
            var next = first;
            do
            {
                _journal.Insert(next.Event, next.Stream, next.Version, ++position);
                taken.Add(next.Done);
            }
            while (_queue.TryTake(out next));
            _journal.Commit();
            foreach (var done in taken)
            {
                done.SetResult();
            }

            taken.Clear();
        }
    }
}
