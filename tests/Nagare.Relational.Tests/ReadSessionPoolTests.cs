using Nagare.Storage;

namespace Nagare.Relational.Tests;

public class ReadSessionPoolTests
{
    [Fact]
    public async Task A_session_whose_reader_left_while_it_opened_is_the_next_readers()
    {
        var opening = new TaskCompletionSource<ReadSession>();
        var opened = 0;
        await using var pool = new ReadSessionPool(maxSessions: 1, token =>
        {
            Assert.False(token.CanBeCanceled);
            opened++;
            return new ValueTask<ReadSession>(opening.Task);
        });
        using var leaving = new CancellationTokenSource();
        var left = pool.Rent(leaving.Token).AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);

        var next = pool.Rent(default).AsTask();
        Assert.False(next.IsCompleted, "there is one session at most, and it opens");
        var session = new IdleSession();
        opening.SetResult(session);
        Assert.Same(session, await next);
        Assert.Equal(1, opened);
    }

    [Fact]
    public async Task A_session_that_could_not_be_opened_for_a_reader_who_left_is_opened_anew()
    {
        var openings = new Queue<TaskCompletionSource<ReadSession>>([new(), new()]);
        var first = openings.Peek();
        await using var pool = new ReadSessionPool(maxSessions: 1, _ => new ValueTask<ReadSession>(openings.Dequeue().Task));
        using var leaving = new CancellationTokenSource();
        var left = pool.Rent(leaving.Token).AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        var next = pool.Rent(default).AsTask();
        var second = openings.Peek();
        first.SetException(new JournalUnavailableException("gone"));

        var session = new IdleSession();
        second.SetResult(session);
        Assert.Same(session, await next);
    }

    [Fact]
    public async Task A_session_that_is_opened_after_the_pool_was_closed_is_closed()
    {
        var opening = new TaskCompletionSource<ReadSession>();
        var pool = new ReadSessionPool(maxSessions: 1, _ => new ValueTask<ReadSession>(opening.Task));
        using var leaving = new CancellationTokenSource();
        var left = pool.Rent(leaving.Token).AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await pool.DisposeAsync();

        var session = new IdleSession();
        opening.SetResult(session);
        await session.Closed.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Where_no_further_session_is_to_be_had_one_that_was_given_back_meanwhile_serves()
    {
        var openings = new Queue<TaskCompletionSource<ReadSession>>([new(), new()]);
        var (first, second) = (openings.First(), openings.Last());
        await using var pool = new ReadSessionPool(maxSessions: 2, _ => new ValueTask<ReadSession>(openings.Dequeue().Task));
        var session = new IdleSession();
        first.SetResult(session);
        Assert.Same(session, await pool.Rent(default));
        var next = pool.Rent(default).AsTask();
        await pool.Return(session);
        second.SetException(new JournalUnavailableException("no more connections"));
        Assert.Same(session, await next);
    }

    [Fact]
    public async Task Whoever_waited_while_the_pool_was_closed_is_told()
    {
        var session = new IdleSession();
        var pool = new ReadSessionPool(maxSessions: 1, _ => new ValueTask<ReadSession>(session));
        await pool.Rent(default);
        var (waiting, further) = (pool.Rent(default).AsTask(), pool.Rent(default).AsTask());
        await pool.DisposeAsync();
        await pool.Return(session);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => further);
    }

    private sealed class IdleSession : ReadSession
    {
        private readonly TaskCompletionSource _closed = new();

        public Task Closed => _closed.Task;

        public override ValueTask<int> Read(StoredQuery query, IStoredEventSink sink, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask<JournalHead> ReadHead(CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask<IReadOnlyList<StoredEventType>> ReadTypes(CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask<IReadOnlyList<RestoreRecord>> ReadRestores(CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask<IReadOnlyList<TreeRow>> ReadTreeRows(TreeKind tree, int level, long firstIndex, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask<long> NextTreeIndex(TreeKind tree, int level, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask<FoundSnapshot?> ReadSnapshot(string stream, string aggregate, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask DisposeAsync()
        {
            _closed.TrySetResult();
            return default;
        }
    }
}
