using Stage = Nagare.Relational.Tests.FakeDatabase.Stage;

namespace Nagare.Relational.Tests;

/// <summary>A caller who is alone goes on where the database's answer came, and holds up nobody whatever it does there.</summary>
public class LoneCallerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeDatabase _database = new();
    private TaskCompletionSource _answer = new();

    [Fact]
    public async Task It_goes_on_on_the_thread_that_had_the_answer()
    {
        await using var journal = await OpenForOne();
        var thread = 0;
        var calling = Call();
        _answer.SetResult();
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
        await calling;

        async Task Call()
        {
            await journal.Append(Appends.Of("a"), default).ConfigureAwait(false);
            thread = Environment.CurrentManagedThreadId;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Code_that_blocks_there_holds_up_nobody_else(bool canBeCancelled)
    {
        await using var journal = await OpenForOne();
        using var patience = new CancellationTokenSource();
        using var over = new ManualResetEventSlim();
        var inside = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calling = Call();
        var answering = Task.Run(_answer.SetResult, TestContext.Current.CancellationToken);
        await inside.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        _database.Answer = null;
        await journal.Append(Appends.Of("b"), default).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);
        over.Set();
        await Task.WhenAll(calling, answering).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(4, _database.Rows.Count);

        async Task Call()
        {
            await journal.Append(Appends.Of("a"), canBeCancelled ? patience.Token : default).ConfigureAwait(false);
            inside.SetResult();
            Assert.True(over.Wait(Patience));
        }
    }

    [Fact]
    public async Task Code_that_waits_there_for_another_append_gets_it()
    {
        await using var journal = await OpenForOne();
        var calling = Call();
        await Task.Run(
            () =>
            {
                _database.Answer = static async () => await Task.Yield();
                _answer.SetResult();
            },
            TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await calling.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(4, _database.Rows.Count);

        async Task Call()
        {
            await journal.Append(Appends.Of("a"), default).ConfigureAwait(false);
            Assert.True(journal.Append(Appends.Of("b"), default).AsTask().Wait(Patience));
        }
    }

    // Two whose batch failed are stored one by one; the second may be tried for long.
    [Fact]
    public async Task Of_two_that_are_stored_one_by_one_the_first_does_not_wait_for_the_second()
    {
        await using var journal = await OpenForOne();
        var first = journal.Append(Appends.Of("a"), default).AsTask();
        var second = journal.Append(Appends.Of("b"), default).AsTask();
        var third = journal.Append(Appends.Of("c"), default).AsTask();
        var (inserts, isTold) = (0, false);
        _database.At = stage =>
        {
            if (stage != Stage.Insert)
            {
                return;
            }

            switch (++inserts)
            {
                case 1:
                    throw new InvalidOperationException("once");
                case 3:
                    isTold = second.Wait(Patience);
                    break;
            }
        };
        _database.Answer = null;
        _answer.SetResult();
        await Task.WhenAll(first, second, third).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.True(isTold, "the second of three was not told before the third was stored");
        Assert.Equal(5, _database.Rows.Count);
    }

    // Callers that block may have all threads of the pool.
    [Fact]
    public void Where_the_writer_has_a_thread_of_its_own_a_caller_is_told_without_the_pool()
    {
        var append = new Storage.QueuedAppend(Appends.Of("a"), needsNoPool: true);
        append.Fail(new InvalidOperationException("told"));
        Assert.True(append.Task.IsFaulted);
    }

    [Fact]
    public async Task One_that_is_being_written_when_the_journal_closes_is_told()
    {
        var journal = await OpenForOne();
        var last = journal.Append(Appends.Of("a"), default).AsTask();
        var closing = journal.DisposeAsync().AsTask();
        _answer.SetResult();
        await Task.WhenAll(last, closing).WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    // After two appends one by one the writer takes it that there is one caller.
    private async Task<RetryingFake> OpenForOne()
    {
        var journal = await RetryingFake.Opened(_database);
        await journal.Append(Appends.Of("first"), default);
        await journal.Append(Appends.Of("second"), default);
        _answer = new TaskCompletionSource();
        _database.Answer = () => _answer.Task;
        return journal;
    }
}
