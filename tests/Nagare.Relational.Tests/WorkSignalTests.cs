using Nagare.Storage;

namespace Nagare.Relational.Tests;

public class WorkSignalTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Who_sets_it_goes_on_as_the_writer_where_the_writer_says_so()
    {
        var signal = new WorkSignal();
        var writing = Wait();
        signal.Set();
        Assert.True(writing.IsCompleted);
        Assert.Equal(Environment.CurrentManagedThreadId, await writing);

        async Task<int> Wait()
        {
            await signal.WaitAsync(onCallersThread: true).ConfigureAwait(false);
            return Environment.CurrentManagedThreadId;
        }
    }

    [Fact]
    public void A_signal_that_nobody_waits_for_is_kept_and_two_are_one()
    {
        var signal = new WorkSignal();
        signal.Set();
        signal.Set();
        Assert.True(signal.IsSet);
        Assert.True(signal.WaitAsync(onCallersThread: false).AsTask().IsCompletedSuccessfully);
        Assert.False(signal.IsSet);
        Assert.False(signal.WaitAsync(onCallersThread: false).AsTask().IsCompleted);
    }

    [Fact]
    public async Task It_can_be_waited_for_again_and_again()
    {
        var signal = new WorkSignal();
        for (var i = 0; i < 1_000; i++)
        {
            var waiting = signal.WaitAsync(onCallersThread: false).AsTask();
            signal.Set();
            await waiting.WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void A_blocked_thread_is_woken()
    {
        var signal = new WorkSignal();
        var woken = new Thread(signal.Wait);
        woken.Start();
        signal.Set();
        Assert.True(woken.Join(Patience));
    }

    [Fact]
    public void Who_waits_does_not_go_on_on_the_thread_that_wakes_it()
    {
        var signal = new WorkSignal();
        var thread = 0;
        _ = Wait();
        signal.Set();
        // This thread stays busy here, so that nobody else can be given it.
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref thread) != 0, Patience));
        Assert.NotEqual(Environment.CurrentManagedThreadId, thread);

        async Task Wait()
        {
            await signal.WaitAsync(onCallersThread: false).ConfigureAwait(false);
            Volatile.Write(ref thread, Environment.CurrentManagedThreadId);
        }
    }

    [Fact]
    public async Task Who_is_to_be_told_is_told_on_the_waiters_thread_once_it_stands_still()
    {
        var signal = new WorkSignal();
        var untold = Decided();
        var told = Told(untold);
        var isPast = false;
        var writing = Wait();
        Assert.True(told.IsCompleted);
        Assert.Equal(Environment.CurrentManagedThreadId, await told);
        Assert.False(isPast);
        signal.Set();
        await writing.WaitAsync(Patience, TestContext.Current.CancellationToken);

        async Task Wait()
        {
            await signal.WaitAsync(onCallersThread: false, untold).ConfigureAwait(false);
            isPast = true;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_is_to_be_told_is_told_elsewhere_where_work_is_there_already(bool isSetBefore)
    {
        var signal = new WorkSignal();
        var untold = Decided();
        var told = Told(untold);
        if (isSetBefore)
        {
            signal.Set();
        }

        var waiting = signal.WaitAsync(onCallersThread: true, untold);
        if (!isSetBefore)
        {
            signal.Set();
        }

        Assert.True(waiting.IsCompleted);
        await waiting;
        // This thread stays busy here, so that nobody else can be given it.
        Assert.True(SpinWait.SpinUntil(() => told.IsCompleted, Patience));
        Assert.NotEqual(Environment.CurrentManagedThreadId, await told);
    }

    private static QueuedAppend Decided()
    {
        var append = new QueuedAppend(Appends.Of("a"));
        Assert.True(append.SucceedUntold(new AppendResult { AppendId = append.Append.AppendId, FirstPosition = new(1), LastPosition = new(1), EventCount = 1, Streams = [], RecordedAt = default }));
        return append;
    }

    private static async Task<int> Told(QueuedAppend append)
    {
        await append.Task.ConfigureAwait(false);
        return Environment.CurrentManagedThreadId;
    }
}
