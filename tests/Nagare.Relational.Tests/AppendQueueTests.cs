using Nagare.Storage;

namespace Nagare.Relational.Tests;

public class AppendQueueTests
{
    [Fact]
    public void Appends_beyond_the_bound_in_events_wait_for_room_and_enter_in_order()
    {
        var queue = new AppendQueue(new AppendQueueLimits { MaxQueuedEvents = 2, MaxBatchAppends = 1 });
        var all = Enumerable.Range(0, 5).Select(i => Add(queue, $"{i}")).ToList();
        Assert.Equal(2, queue.QueuedEvents);
        Assert.Equal(all, Drain(queue, () => Assert.InRange(queue.QueuedEvents, 0, 2)));
        Assert.Equal((0, 0L), (queue.QueuedEvents, queue.QueuedBytes));
    }

    [Fact]
    public void Appends_beyond_the_bound_in_bytes_wait_for_room()
    {
        var queue = new AppendQueue(new AppendQueueLimits { MaxQueuedBytes = 10, MaxBatchAppends = 1 });
        var all = new[] { "123456", "1234", "1", "12" }.Select(text => Add(queue, text)).ToList();
        Assert.Equal(10, queue.QueuedBytes);
        Assert.Equal(all, Drain(queue, () => Assert.InRange(queue.QueuedBytes, 0, 10)));
    }

    [Fact]
    public void An_append_larger_than_a_bound_is_taken_alone_and_nobody_overtakes_it()
    {
        var queue = new AppendQueue(new AppendQueueLimits { MaxQueuedBytes = 10, MaxBatchBytes = 10 });
        var small = Add(queue, "1");
        var large = Add(queue, new string('x', 100));
        var next = Add(queue, "2");
        Assert.Equal([small], Take(queue));
        Assert.Equal([large], Take(queue));
        Assert.Equal([next], Take(queue));
    }

    [Theory]
    [InlineData(3, int.MaxValue, long.MaxValue, 3)]
    [InlineData(int.MaxValue, 4, long.MaxValue, 4)]
    [InlineData(int.MaxValue, int.MaxValue, 5, 5)]
    public void A_batch_ends_at_its_first_bound(int appends, int events, long bytes, int expected)
    {
        var queue = new AppendQueue(new AppendQueueLimits { MaxBatchAppends = appends, MaxBatchEvents = events, MaxBatchBytes = bytes });
        for (var i = 0; i < 10; i++)
        {
            Add(queue, "x");
        }

        Assert.Equal(expected, Take(queue).Count);
    }

    [Fact]
    public void What_is_withdrawn_leaves_room_and_what_is_taken_stays()
    {
        var queue = new AppendQueue(new AppendQueueLimits { MaxQueuedEvents = 1, MaxBatchAppends = 1 });
        var queued = Add(queue, "queued");
        var waiting = Add(queue, "waiting");
        var last = Add(queue, "last");
        Assert.True(queue.Withdraw(waiting));
        Assert.True(queue.Withdraw(queued));
        Assert.False(queue.Withdraw(queued));
        Assert.Equal([last], Take(queue));
        Assert.False(queue.Withdraw(last));
    }

    [Fact]
    public void A_closed_queue_gives_what_it_holds_and_takes_nothing_more()
    {
        var queue = new AppendQueue(new AppendQueueLimits { MaxQueuedEvents = 1 });
        var queued = Add(queue, "queued");
        var waiting = Add(queue, "waiting");
        queue.Close();
        Assert.Throws<ObjectDisposedException>(() => Add(queue, "late"));
        queue.WaitForWork();
        Assert.Equal([queued, waiting], Drain(queue, () => { }));
    }

    [Fact]
    public void A_bound_of_nothing_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AppendQueueLimits { MaxQueuedBytes = 0 }.Check());

    private static QueuedAppend Add(AppendQueue queue, string text)
    {
        var append = new QueuedAppend(Appends.Of(text));
        queue.Add(append);
        return append;
    }

    private static List<QueuedAppend> Take(AppendQueue queue)
    {
        var batch = new List<QueuedAppend>();
        queue.TryTake(batch);
        return batch;
    }

    private static List<QueuedAppend> Drain(AppendQueue queue, Action after)
    {
        var all = new List<QueuedAppend>();
        while (Take(queue) is { Count: > 0 } batch)
        {
            all.AddRange(batch);
            after();
        }

        return all;
    }
}
