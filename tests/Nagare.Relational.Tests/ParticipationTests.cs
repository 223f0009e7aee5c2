using Nagare.Storage;

namespace Nagare.Relational.Tests;

/// <summary>How often a caller's code runs, whatever becomes of its transaction.</summary>
public class ParticipationTests
{
    [Fact]
    public async Task It_runs_again_when_the_commit_is_known_to_have_stored_nothing()
    {
        var database = new FakeDatabase();
        await using var journal = await RetryingFake.Opened(database);
        var failures = 2;
        database.At = stage =>
        {
            if (stage == FakeDatabase.Stage.BeforeCommit && failures-- > 0)
            {
                throw new TransientFailureException("a deadlock");
            }
        };
        var runs = 0;
        var result = await journal.Append(Appends.Of("a"), (_, _, _) => Count(ref runs), default);
        Assert.Equal((3, 1L), (runs, result.LastPosition.Value));
        Assert.Single(database.Rows);
    }

    [Fact]
    public async Task It_does_not_run_again_when_only_the_answer_to_the_commit_was_lost()
    {
        var database = new FakeDatabase();
        await using var journal = await RetryingFake.Opened(database);
        var lost = true;
        database.At = stage =>
        {
            if (stage == FakeDatabase.Stage.AfterCommit && lost)
            {
                lost = false;
                throw new TransientFailureException("the connection broke");
            }
        };
        var runs = 0;
        var result = await journal.Append(Appends.Of("a"), (_, _, _) => Count(ref runs), default);
        Assert.Equal((1, 1L), (runs, result.LastPosition.Value));
        Assert.Single(database.Rows);
    }

    [Fact]
    public async Task What_it_throws_is_not_tried_again_even_where_the_journal_would_try_the_same_again()
    {
        var database = new FakeDatabase();
        await using var journal = await RetryingFake.Opened(database);
        var runs = 0;
        var own = new TransientFailureException("mine");
        var thrown = await Assert.ThrowsAsync<TransientFailureException>(() => journal.Append(
            Appends.Of("a"),
            (_, _, _) =>
            {
                runs++;
                throw own;
            },
            default).AsTask());
        Assert.Same(own, thrown);
        Assert.Equal(1, runs);
        Assert.Empty(database.Rows);
    }

    [Fact]
    public async Task A_batch_never_holds_it_together_with_others()
    {
        var database = new FakeDatabase();
        await using var journal = await RetryingFake.Opened(database);
        using var gate = new ManualResetEventSlim();
        database.At = stage =>
        {
            if (stage == FakeDatabase.Stage.Begin)
            {
                gate.Wait(TestContext.Current.CancellationToken);
            }
        };
        var runs = 0;
        var appends = Enumerable.Range(0, 30).Select(i => i % 5 == 3
            ? journal.Append(Appends.Of($"{i}"), (_, _, _) => Count(ref runs), default).AsTask()
            : journal.Append(Appends.Of($"{i}"), default).AsTask()).ToArray();
        gate.Set();
        await Task.WhenAll(appends);
        Assert.Equal(6, runs);
        Assert.Equal(30, database.Rows.Count);
        Assert.True(database.CommittedBatches.Count >= 12, $"{database.CommittedBatches.Count} commits for six appends with code and the groups between them");
    }

    [Fact]
    public async Task A_caller_that_gives_up_in_the_middle_is_told_at_once_and_nothing_is_stored()
    {
        var database = new FakeDatabase();
        await using var journal = await RetryingFake.Opened(database);
        using var patience = new CancellationTokenSource();
        var inside = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var append = journal.Append(
            Appends.Of("a"),
            async (_, _, _) =>
            {
                inside.SetResult();
                await over.Task;
            },
            patience.Token).AsTask();
        await inside.Task;
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append);
        over.SetResult();
        await journal.Append(Appends.Of("b"), default);
        Assert.Single(database.Rows);
    }

    // The writer may run the code, which cancels, and come to the commit before the caller's thread watches its token.
    [Fact]
    public async Task A_caller_that_gave_up_before_anybody_watched_its_token_has_given_up()
    {
        await using var journal = await RetryingFake.Opened(new FakeDatabase());
        using var patience = new CancellationTokenSource();
        var participation = new Participation((_, _, _) => default, journal, patience.Token);
        Assert.False(participation.HasGivenUp());
        await patience.CancelAsync();
        Assert.False(participation.TryBeginCommit());
        Assert.True(participation.HasGivenUp());
        Assert.True(participation.TryGiveUp());
    }

    [Fact]
    public async Task Whoever_notices_that_a_caller_gave_up_names_its_token()
    {
        await using var journal = await RetryingFake.Opened(new FakeDatabase());
        using var patience = new CancellationTokenSource();
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => journal.Append(Appends.Of("a"), (_, _, _) => new(patience.CancelAsync()), patience.Token).AsTask());
        Assert.Equal(patience.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task A_caller_that_gives_up_once_the_commit_began_does_not_know()
    {
        await using var journal = await RetryingFake.Opened(new FakeDatabase());
        using var patience = new CancellationTokenSource();
        var participation = new Participation((_, _, _) => default, journal, patience.Token);
        Assert.True(participation.TryBeginCommit());
        await patience.CancelAsync();
        Assert.False(participation.TryGiveUp());
        Assert.False(participation.HasGivenUp());
    }

    private static ValueTask Count(ref int runs)
    {
        runs++;
        return default;
    }
}
