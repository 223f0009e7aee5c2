using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Nagare.Storage;

namespace Nagare.Relational.Tests;

/// <summary>How long readers wait for a server that is away.</summary>
public class ReadConnectionsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly RetrySchedule Schedule = new([TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(500)]);

    private readonly ImpatientClock _clock = new();
    private readonly FakeDialect _dialect;
    private readonly ReadConnections _connections;
    private Action _onConnect = static () => { };

    public ReadConnectionsTests()
    {
        _dialect = new FakeDialect(() => _onConnect());
        _connections = new ReadConnections(_dialect, Schedule, _clock, NullLogger.Instance);
    }

    [Theory]
    [InlineData(ServerFailureKind.Transient)]
    [InlineData(ServerFailureKind.NotNow)]
    public async Task A_server_that_is_back_in_time_is_nobodys_failure(ServerFailureKind kind)
    {
        _onConnect = () => FailUntil(attempt: 3, new FakeDialect.Refusal(kind));
        await Connect();
        Assert.Equal(3, _dialect.Attempts);
    }

    // What a client throws that has not heard from the server at all.
    [Fact]
    public async Task Who_waited_in_vain_is_told_and_whoever_comes_next_at_once_until_the_server_is_back()
    {
        _onConnect = () => throw new IOException("no route");
        var told = await Assert.ThrowsAsync<JournalUnavailableException>(Connect);
        Assert.Contains("no route", told.Message, StringComparison.Ordinal);
        Assert.Equal(4, _dialect.Attempts);
        await Assert.ThrowsAsync<JournalUnavailableException>(Connect);
        Assert.Equal(5, _dialect.Attempts);

        // Nobody asked for a while: it may be another trouble.
        _clock.Advance(TimeSpan.FromSeconds(1));
        _onConnect = () => FailUntil(attempt: 7, new IOException("no route"));
        await Connect();
        Assert.Equal(7, _dialect.Attempts);
        _onConnect = () => FailUntil(attempt: 9, new IOException("no route"));
        await Connect();
        Assert.Equal(9, _dialect.Attempts);
    }

    [Fact]
    public async Task Attempts_that_fail_slowly_are_not_added_up()
    {
        _onConnect = () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(15));
            throw new TimeoutException("no answer");
        };
        await Assert.ThrowsAsync<JournalUnavailableException>(Connect);
        Assert.Equal(1, _dialect.Attempts);
    }

    [Fact]
    public async Task What_waits_for_a_person_is_not_tried_again()
    {
        _onConnect = static () => throw new FakeDialect.Refusal(ServerFailureKind.Unavailable);
        await Assert.ThrowsAsync<JournalUnavailableException>(Connect);
        Assert.Equal(1, _dialect.Attempts);

        _onConnect = () => FailUntil(attempt: 3, new IOException("no route"));
        await Connect();
    }

    [Fact]
    public async Task Whoever_gives_up_need_not_wait()
    {
        _onConnect = static () => throw new IOException("no route");
        using var cancellation = new CancellationTokenSource();
        var connections = new ReadConnections(_dialect, Schedule, new FakeTimeProvider(), NullLogger.Instance);
        var waiting = connections.Connect(cancellation.Token).AsTask();
        Assert.False(waiting.IsCompleted);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience));
    }

    private Task Connect() => _connections.Connect(default).AsTask().WaitAsync(Patience);

    private void FailUntil(int attempt, Exception failure)
    {
        if (_dialect.Attempts < attempt)
        {
            throw failure;
        }
    }

    /// <summary>A clock that goes on as soon as somebody waits, by as long as that takes.</summary>
    private sealed class ImpatientClock : FakeTimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
            return timer;
        }
    }
}
