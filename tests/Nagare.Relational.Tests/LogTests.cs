using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Nagare.Storage;
using Stage = Nagare.Relational.Tests.FakeDatabase.Stage;

namespace Nagare.Relational.Tests;

/// <summary>What a journal logs of each thing that docs/telemetry.md lists: once, at its level, without what was stored.</summary>
public class LogTests
{
    private const string Secret = "a-secret-of-somebody";

    [Fact]
    public async Task A_retry_is_a_warning_with_its_reason()
    {
        var (database, log) = (new FakeDatabase(), new Log());
        await using (var journal = await Open(database, log))
        {
            database.At = Times(1, Stage.Insert, new TransientFailureException("deadlock"));
            await journal.Append(Appends.Of(Secret), default);
        }

        Assert.Equal([(12, LogLevel.Warning), (11, LogLevel.Information)], log.Entries);
        Assert.Contains("attempt 1 of 4 failed: deadlock", log.Texts[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_a_warning_and_an_error_where_nobody_can_tell()
    {
        var (database, log) = (new FakeDatabase(), new Log());
        await using (var journal = await Open(database, log))
        {
            database.At = Times(1, Stage.AfterCommit, new JournalUnavailableException("the line broke"));
            await journal.Append(Appends.Of(Secret), default);
            var isDown = false;
            database.At = stage =>
            {
                isDown |= stage == Stage.AfterCommit;
                if (isDown)
                {
                    throw new JournalUnavailableException("the line broke again");
                }
            };
            await Assert.ThrowsAsync<AppendOutcomeUnknownException>(() => journal.Append(Appends.Of(Secret), default).AsTask());
            database.At = _ => { };
        }

        Assert.Equal([(13, LogLevel.Warning), (13, LogLevel.Warning), (14, LogLevel.Error), (11, LogLevel.Information)], log.Entries);
        Assert.Contains("the line broke again", log.Texts[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_down_is_one_error_however_many_ask_and_one_word_when_it_is_back()
    {
        var (database, log) = (new FakeDatabase(), new Log());
        await using (var journal = await Open(database, log))
        {
            database.At = _ => throw new JournalUnavailableException("down");
            for (var i = 0; i < 5; i++)
            {
                await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.Append(Appends.Of(Secret), default).AsTask());
            }

            database.At = _ => { };
            await journal.Append(Appends.Of(Secret), default);
            await journal.Append(Appends.Of(Secret), default);
        }

        Assert.Equal([(15, LogLevel.Error), (16, LogLevel.Information), (11, LogLevel.Information)], log.Entries);
    }

    [Fact]
    public async Task A_commit_of_more_than_a_second_is_a_warning()
    {
        var (database, log, clock) = (new FakeDatabase(), new Log(), new SteppedClock());
        await using (var journal = await Open(database, log, clock: clock))
        {
            database.At = stage => clock.Now += stage == Stage.BeforeCommit ? TimeSpan.FromSeconds(0.9) : TimeSpan.Zero;
            await journal.Append(Appends.Of(Secret), default);
            database.At = stage => clock.Now += stage == Stage.BeforeCommit ? TimeSpan.FromSeconds(1.5) : TimeSpan.Zero;
            await journal.Append(Appends.Of(Secret), default);
        }

        Assert.Equal([(17, LogLevel.Warning), (11, LogLevel.Information)], log.Entries);
        Assert.Contains("00:00:01.5", log.Texts[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_queue_is_one_warning_and_one_word_when_it_has_room()
    {
        var (database, log) = (new FakeDatabase(), new Log());
        using var reached = new ManualResetEventSlim();
        using var open = new ManualResetEventSlim();
        await using (var journal = await Open(database, log, new AppendQueueLimits { MaxQueuedEvents = 1 }))
        {
            database.At = stage =>
            {
                if (stage == Stage.Begin)
                {
                    reached.Set();
                    Assert.True(open.Wait(TimeSpan.FromSeconds(30)));
                }
            };
            var first = journal.Append(Appends.Of(Secret), default).AsTask();
            Assert.True(reached.Wait(TimeSpan.FromSeconds(30)));
            var rest = Enumerable.Range(0, 4).Select(_ => journal.Append(Appends.Of(Secret), default).AsTask()).ToArray();
            open.Set();
            await Task.WhenAll([first, .. rest]);
        }

        Assert.Equal([(18, LogLevel.Warning), (19, LogLevel.Information), (11, LogLevel.Information)], log.Entries);
        Assert.DoesNotContain(log.Texts, text => text.Contains(Secret, StringComparison.Ordinal));
    }

    private static async Task<FakeJournal> Open(FakeDatabase database, Log log, AppendQueueLimits? limits = null, TimeProvider? clock = null)
    {
        var journal = new FakeJournal(database, new RetrySchedule([.. Enumerable.Repeat(TimeSpan.Zero, 3)]), limits, clock, log);
        await journal.Open(default);
        return journal;
    }

    private static Action<Stage> Times(int times, Stage stage, Exception failure) => reached =>
    {
        if (reached == stage && times-- > 0)
        {
            throw failure;
        }
    };

    /// <summary>Keeps what is logged, whatever the level.</summary>
    private sealed class Log : ILogger
    {
        private readonly ConcurrentQueue<(int Id, LogLevel Level, string Text)> _lines = [];

        public IEnumerable<(int Id, LogLevel Level)> Entries => _lines.Select(line => (line.Id, line.Level));

        public IReadOnlyList<string> Texts => [.. _lines.Select(line => line.Text)];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue((eventId.Id, logLevel, formatter(state, exception)));
    }

    /// <summary>A clock that a test moves; what waits, waits by the real one.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
