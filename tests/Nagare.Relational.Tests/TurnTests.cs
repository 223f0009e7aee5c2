using Nagare.Storage;
using Stage = Nagare.Relational.Tests.FakeDatabase.Stage;

namespace Nagare.Relational.Tests;

/// <summary>Where the queue is full, callers wait with nothing in their hands: what is not in turn is not even encoded.</summary>
public class TurnTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly AppendQueueLimits Small = new() { MaxQueuedEvents = 10, MaxQueuedBytes = 10_000, MaxBatchAppends = 5 };

    [Fact]
    public async Task A_thousand_callers_of_a_standing_database_hold_a_few_encoded_appends_and_all_are_stored_in_order()
    {
        var database = new FakeDatabase();
        using var stand = new ManualResetEventSlim();
        using var standing = new SemaphoreSlim(0);
        database.At = stage =>
        {
            if (stage == Stage.Begin && !stand.IsSet)
            {
                standing.Release();
                stand.Wait();
            }
        };
        await using var journal = await FakeJournal.Opened(database, Small);
        var encoded = 0;
        var first = journal.AppendInTurn(() => Encode("first"), default).AsTask();
        Assert.True(await standing.WaitAsync(Patience));
        var callers = Enumerable.Range(0, 1_000).Select(i => journal.AppendInTurn(() => Encode($"{i}"), default).AsTask()).ToArray();

        // In the writer's hands one, in the queue ten, one that found it full; the others wait unencoded.
        Assert.True(journal.IsFull);
        Assert.Equal(12, Volatile.Read(ref encoded));

        stand.Set();
        await first.WaitAsync(Patience);
        await Task.WhenAll(callers).WaitAsync(Patience);
        Assert.False(journal.IsFull);
        Assert.Equal(1_001, encoded);
        Assert.Equal(["first", .. Enumerable.Range(0, 1_000).Select(i => $"{i}")], database.Rows.Select(row => System.Text.Encoding.UTF8.GetString(row.Data.Span)));

        PreparedAppend Encode(string text)
        {
            Interlocked.Increment(ref encoded);
            return Appends.Of(text);
        }
    }

    [Fact]
    public async Task Who_gives_up_in_line_is_not_encoded_and_holds_up_nobody()
    {
        var database = new FakeDatabase();
        using var stand = new ManualResetEventSlim();
        using var standing = new SemaphoreSlim(0);
        database.At = stage =>
        {
            if (stage == Stage.Begin && !stand.IsSet)
            {
                standing.Release();
                stand.Wait();
            }
        };
        await using var journal = await FakeJournal.Opened(database, Small);
        var first = journal.AppendInTurn(() => Appends.Of("first"), default).AsTask();
        Assert.True(await standing.WaitAsync(Patience));
        using var gaveUp = new CancellationTokenSource();
        var patient = new List<Task<AppendResult>>();
        var impatient = new List<Task<AppendResult>>();
        for (var i = 0; i < 100; i++)
        {
            patient.Add(journal.AppendInTurn(() => Appends.Of("patient"), default).AsTask());
            if (i >= 20)
            {
                impatient.Add(journal.AppendInTurn(() => throw new InvalidOperationException("encoded after all"), gaveUp.Token).AsTask());
            }
        }

        await gaveUp.CancelAsync();
        foreach (var append in impatient)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append.WaitAsync(Patience));
        }

        stand.Set();
        await Task.WhenAll([first, .. patient]).WaitAsync(Patience);
        Assert.Equal(101, database.Rows.Count);
    }

    [Fact]
    public async Task An_append_that_cannot_be_encoded_fails_alone_and_ends_its_turn()
    {
        var database = new FakeDatabase();
        using var stand = new ManualResetEventSlim();
        using var standing = new SemaphoreSlim(0);
        database.At = stage =>
        {
            if (stage == Stage.Begin && !stand.IsSet)
            {
                standing.Release();
                stand.Wait();
            }
        };
        await using var journal = await FakeJournal.Opened(database, Small);
        var first = journal.AppendInTurn(() => Appends.Of("first"), default).AsTask();
        Assert.True(await standing.WaitAsync(Patience));
        var fill = Enumerable.Range(0, 11).Select(i => journal.AppendInTurn(() => Appends.Of($"{i}"), default).AsTask()).ToArray();
        var broken = journal.AppendInTurn(() => throw new InvalidOperationException("no JSON"), default).AsTask();
        var last = journal.AppendInTurn(() => Appends.Of("last"), default).AsTask();
        stand.Set();
        Assert.Equal("no JSON", (await Assert.ThrowsAsync<InvalidOperationException>(() => broken.WaitAsync(Patience))).Message);
        await Task.WhenAll([first, .. fill, last]).WaitAsync(Patience);
        Assert.Equal(13, database.Rows.Count);
    }

    [Fact]
    public async Task Closing_refuses_those_that_wait_for_their_turn_and_stores_the_others()
    {
        var database = new FakeDatabase();
        using var stand = new ManualResetEventSlim();
        using var standing = new SemaphoreSlim(0);
        database.At = stage =>
        {
            if (stage == Stage.Begin && !stand.IsSet)
            {
                standing.Release();
                stand.Wait();
            }
        };
        var journal = await FakeJournal.Opened(database, Small);
        var first = journal.AppendInTurn(() => Appends.Of("first"), default).AsTask();
        Assert.True(await standing.WaitAsync(Patience));
        var fill = Enumerable.Range(0, 11).Select(i => journal.AppendInTurn(() => Appends.Of($"{i}"), default).AsTask()).ToArray();
        var late = journal.AppendInTurn(() => Appends.Of("late"), default).AsTask();
        var closing = journal.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => late.WaitAsync(Patience));
        stand.Set();
        await Task.WhenAll([first, .. fill]).WaitAsync(Patience);
        await closing.WaitAsync(Patience);
        Assert.Equal(12, database.Rows.Count);
    }
}
