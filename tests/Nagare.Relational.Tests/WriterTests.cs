using Nagare.Storage;
using Stage = Nagare.Relational.Tests.FakeDatabase.Stage;

namespace Nagare.Relational.Tests;

public class WriterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_comes_while_a_batch_is_written_is_the_next_batch()
    {
        var database = new FakeDatabase();
        using var gate = new Gate(database, Stage.Begin);
        await using var journal = await FakeJournal.Opened(database);
        var first = journal.Append(Appends.Of("first"), default).AsTask();
        gate.WaitUntilReached();
        var rest = Enumerable.Range(0, 50).Select(i => journal.Append(Appends.Of($"{i}"), default).AsTask()).ToArray();
        gate.Open();
        await first;
        await Task.WhenAll(rest);
        Assert.Equal([1, 50], database.CommittedBatches);
        Assert.Equal(Enumerable.Range(1, 51).Select(n => (long)n), database.Rows.Select(row => row.Position));
    }

    [Fact]
    public async Task What_an_insert_proves_missing_is_not_asked_for_and_what_it_does_not_prove_is()
    {
        var database = new FakeDatabase { StoresAtOnce = true };
        await using var journal = await FakeJournal.Opened(database);
        await journal.Append(Appends.Of("first"), default);
        await journal.Append(Appends.To(new("note", "new"), ExpectedVersion.NoStream, "a"), default);
        Assert.Empty(database.Assumptions.MissingStreams);
        await journal.Append(Appends.Beside(Appends.To(new("note", "newer"), ExpectedVersion.NoStream, "b"), new("note", "never"), ExpectedVersion.NoStream), default);
        Assert.Equal(["note/never"], database.Assumptions.MissingStreams);
    }

    [Fact]
    public async Task Nobody_is_answered_before_the_commit()
    {
        var database = new FakeDatabase();
        using var gate = new Gate(database, Stage.BeforeCommit);
        await using var journal = await FakeJournal.Opened(database);
        var append = journal.Append(Appends.Of("a"), default).AsTask();
        gate.WaitUntilReached();
        Assert.False(append.IsCompleted);
        gate.Open();
        Assert.Equal(1, (await append).LastPosition.Value);
    }

    [Fact]
    public async Task An_append_cancelled_before_it_is_called_or_while_it_is_queued_is_withdrawn()
    {
        var database = new FakeDatabase();
        using var gate = new Gate(database, Stage.Begin);
        await using var journal = await FakeJournal.Opened(database, new AppendQueueLimits { MaxQueuedEvents = 1 });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => journal.Append(Appends.Of("never"), new CancellationToken(true)).AsTask());

        var first = journal.Append(Appends.Of("first"), default).AsTask();
        gate.WaitUntilReached();
        using var cancellation = new CancellationTokenSource();
        var queued = journal.Append(Appends.Of("queued"), cancellation.Token).AsTask();
        var waitingForRoom = journal.Append(Appends.Of("waiting"), cancellation.Token).AsTask();
        var neighbour = journal.Append(Appends.Of("neighbour"), default).AsTask();
        await cancellation.CancelAsync();
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued);
        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waitingForRoom);

        gate.Open();
        await Task.WhenAll(first, neighbour);
        Assert.Equal(2, database.Rows.Count);
    }

    [Theory]
    [InlineData((int)Stage.Begin)]
    [InlineData((int)Stage.Insert)]
    [InlineData((int)Stage.BeforeCommit)]
    [InlineData((int)Stage.AfterCommit)]
    public async Task An_append_cancelled_while_it_is_written_is_of_unknown_outcome_and_its_id_tells_later(int step)
    {
        var database = new FakeDatabase();
        using var gate = new Gate(database, (Stage)step);
        await using var journal = await FakeJournal.Opened(database);
        using var cancellation = new CancellationTokenSource();
        var id = Guid.CreateVersion7();
        var append = journal.Append(Appends.WithId(id, "a"), cancellation.Token).AsTask();
        gate.WaitUntilReached();
        await cancellation.CancelAsync();
        var unknown = await Assert.ThrowsAsync<AppendOutcomeUnknownException>(() => append);
        Assert.Equal(id, unknown.AppendId);

        gate.Open();
        var again = await journal.Append(Appends.WithId(id, "a"), default);
        Assert.True(again.WasStoredBefore);
        Assert.Single(database.Rows);
    }

    [Fact]
    public async Task A_bad_append_fails_only_itself()
    {
        var database = new FakeDatabase();
        using var gate = new Gate(database, Stage.Begin);
        await using var journal = await FakeJournal.Opened(database);
        var first = journal.Append(Appends.Of("first"), default).AsTask();
        gate.WaitUntilReached();
        var good = Enumerable.Range(0, 5).Select(i => journal.Append(Appends.Of($"{i}"), default).AsTask()).ToList();
        var bad = journal.Append(Appends.Poison(), default).AsTask();
        good.AddRange(Enumerable.Range(5, 5).Select(i => journal.Append(Appends.Of($"{i}"), default).AsTask()));
        gate.Open();
        await first;
        await Assert.ThrowsAsync<JournalUnavailableException>(() => bad);
        await Task.WhenAll(good);
        Assert.Equal(11, database.Rows.Count);
        Assert.Equal(["noted"], database.Types.Select(type => type.Name));
    }

    [Fact]
    public async Task A_conflict_fails_only_its_own_caller_and_costs_no_position()
    {
        var database = new FakeDatabase();
        using var gate = new Gate(database, Stage.Begin);
        await using var journal = await FakeJournal.Opened(database);
        var first = journal.Append(Appends.Of("first"), default).AsTask();
        gate.WaitUntilReached();
        var racers = Enumerable.Range(0, 10).Select(i => journal.Append(Appends.To(Appends.Stream, ExpectedVersion.At(1), $"{i}"), default).AsTask()).ToArray();
        gate.Open();
        await first;
        await Task.WhenAny(Task.WhenAll(racers));
        Assert.Equal(1, racers.Count(racer => racer.IsCompletedSuccessfully));
        Assert.All(racers.Where(racer => racer.IsFaulted), racer => { Assert.IsType<WrongExpectedVersionException>(racer.Exception!.InnerException); });
        Assert.Equal([1, 1], database.CommittedBatches);
    }

    [Fact]
    public async Task A_count_that_does_not_match_stores_nothing()
    {
        var database = new FakeDatabase { LostInserts = 1 };
        await using var journal = await FakeJournal.Opened(database);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.Append(Appends.Of("a"), default).AsTask());
        Assert.Empty(database.Rows);
        database.LostInserts = 0;
        Assert.Equal(1, (await journal.Append(Appends.Of("b"), default)).LastPosition.Value);
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_found_by_its_append_ids()
    {
        var database = new FakeDatabase();
        await using var journal = await FakeJournal.Opened(database);
        database.At = Once(Stage.AfterCommit, new JournalUnavailableException("the answer was lost"));
        var result = await journal.Append(Appends.Of("a"), default);
        Assert.Equal((1L, false), (result.LastPosition.Value, result.WasStoredBefore));
        Assert.Single(database.Rows);
    }

    [Fact]
    public async Task A_commit_that_surely_failed_is_told_as_it_failed()
    {
        var database = new FakeDatabase();
        await using var journal = await FakeJournal.Opened(database);
        var failure = new JournalUnavailableException("the disk is full");
        database.At = Once(Stage.BeforeCommit, failure);
        Assert.Same(failure, await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.Append(Appends.Of("a"), default).AsTask()));
        Assert.Empty(database.Rows);
        Assert.Equal(1, (await journal.Append(Appends.Of("b"), default)).LastPosition.Value);
    }

    [Theory]
    [InlineData((int)Stage.BeforeCommit, 0)]
    [InlineData((int)Stage.AfterCommit, 1)]
    public async Task A_commit_that_nobody_can_ask_about_is_of_unknown_outcome_and_the_id_settles_it(int step, int stored)
    {
        var database = new FakeDatabase();
        await using var journal = await FakeJournal.Opened(database);
        var isDown = false;
        database.At = reached =>
        {
            isDown |= reached == (Stage)step;
            if (isDown)
            {
                throw new JournalUnavailableException("gone");
            }
        };
        var id = Guid.CreateVersion7();
        await Assert.ThrowsAsync<AppendOutcomeUnknownException>(() => journal.Append(Appends.WithId(id, "a"), default).AsTask());
        Assert.Equal(stored, database.Rows.Count);

        database.At = _ => { };
        Assert.Equal(stored == 1, (await journal.Append(Appends.WithId(id, "a"), default)).WasStoredBefore);
        Assert.Single(database.Rows);
    }

    [Fact]
    public async Task A_known_stream_costs_no_lookup_until_somebody_else_writes()
    {
        var database = new FakeDatabase();
        await using var journal = await FakeJournal.Opened(database);
        await journal.Append(Appends.Of("1"), default);
        await journal.Append(Appends.Of("2"), default);
        await Assert.ThrowsAsync<WrongExpectedVersionException>(() => journal.Append(Appends.To(Appends.Stream, ExpectedVersion.NoStream, "x"), default).AsTask());
        Assert.Equal(1, database.StreamHeadReads);

        database.AppendBehindTheWritersBack(Appends.Stream, 3);
        Assert.Equal(4, (await journal.Append(Appends.Of("4"), default)).Version.Value);
        Assert.Equal(2, database.StreamHeadReads);
    }

    [Fact]
    public async Task Closing_completes_what_is_queued_and_refuses_what_comes_after()
    {
        var database = new FakeDatabase();
        var gate = new Gate(database, Stage.Begin);
        var journal = await FakeJournal.Opened(database);
        var appends = Enumerable.Range(0, 10).Select(i => journal.Append(Appends.Of($"{i}"), default).AsTask()).ToArray();
        gate.WaitUntilReached();
        var closing = journal.DisposeAsync().AsTask();
        Assert.False(closing.IsCompleted);
        gate.Open();
        await closing.WaitAsync(Patience);
        Assert.All(appends, append => Assert.True(append.IsCompletedSuccessfully));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => journal.Append(Appends.Of("late"), default).AsTask());
        gate.Dispose();
    }

    [Fact]
    public async Task Closing_over_a_database_that_is_down_fails_the_rest_without_asking_it_again()
    {
        var database = new FakeDatabase();
        var asked = 0;
        using var gate = new Gate(database, Stage.Begin);
        var journal = await FakeJournal.Opened(database, new AppendQueueLimits { MaxBatchAppends = 1 });
        var appends = Enumerable.Range(0, 10).Select(i => journal.Append(Appends.Of($"{i}"), default).AsTask()).ToArray();
        gate.WaitUntilReached();
        database.At = _ =>
        {
            asked++;
            throw new JournalUnavailableException("down");
        };
        var closing = journal.DisposeAsync().AsTask();
        gate.Open();
        await closing.WaitAsync(Patience);
        // Once by the append that was being written, once by the next; the other eight are told without asking.
        Assert.Equal(2, asked);
        await Task.WhenAny(Task.WhenAll(appends[1..]));
        Assert.All(appends[1..], append => Assert.IsType<JournalUnavailableException>(append.Exception?.InnerException));
    }

    private static Action<Stage> Once(Stage at, Exception error)
    {
        var isDone = false;
        return reached =>
        {
            if (reached == at && !isDone)
            {
                isDone = true;
                throw error;
            }
        };
    }

    /// <summary>Holds the writer the first time it comes to a step.</summary>
    private sealed class Gate : IDisposable
    {
        private readonly ManualResetEventSlim _reached = new();
        private readonly ManualResetEventSlim _open = new();

        public Gate(FakeDatabase database, Stage step) => database.At = at =>
        {
            if (at == step && !_open.IsSet)
            {
                _reached.Set();
                Assert.True(_open.Wait(Patience));
            }
        };

        public void WaitUntilReached() => Assert.True(_reached.Wait(Patience));

        public void Open() => _open.Set();

        public void Dispose()
        {
            Open();
        }
    }
}
