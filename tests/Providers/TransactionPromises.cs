using System.Data.Common;
using Nagare.Storage;

namespace Nagare.Providers.Tests;

/// <summary>What every provider keeps where it shares transactions with its caller, beyond what the conformance suite asks.</summary>
public abstract class TransactionPromises : ProviderPromises
{
    private static readonly AppendQueueLimits Hasty = new() { ParticipationTime = TimeSpan.FromMilliseconds(100) };

    /// <summary>Why a server ends a caller's whole transaction where one statement of it was refused a lock, or null where the transaction goes on.</summary>
    protected virtual ValueTask<string?> WhyNoTransactionSurvivesARefusedLock() => new((string?)null);

    [Fact]
    public async Task Code_that_is_not_done_in_time_hears_its_token_and_nothing_is_stored()
    {
        await using var place = await NewPlace();
        var table = await place.CreateTable();
        await using var journal = await place.Open(queue: Hasty);
        var append = Appends.Of("a");
        var overdue = await Assert.ThrowsAsync<ParticipationTimeoutException>(() => journal.Append(
            append,
            async (connection, transaction, cancellationToken) =>
            {
                await Insert(connection, transaction, table, 1);
                await Task.Delay(Timeout.Infinite, cancellationToken);
            },
            default).AsTask());
        Assert.Equal((append.AppendId, Hasty.ParticipationTime), (overdue.AppendId, overdue.Limit));
        Assert.Equal(1, (await journal.Append(Appends.Of("b"), default)).LastPosition.Value);
        Assert.Equal(0, await Count(place, table));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Code_that_does_not_listen_loses_its_connection_and_keeps_nobody_waiting(bool blocksItsThread)
    {
        await using var place = await NewPlace();
        var table = await place.CreateTable();
        await using var journal = await place.Open(queue: Hasty);
        using var never = new ManualResetEventSlim();
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Assert.ThrowsAsync<ParticipationTimeoutException>(() => journal.Append(
            Appends.Of("a"),
            async (connection, transaction, _) =>
            {
                await Insert(connection, transaction, table, 1);
                if (blocksItsThread)
                {
                    never.Wait(CancellationToken.None);
                }

                await over.Task;
            },
            default).AsTask());
        Assert.Equal(1, (await journal.Append(Appends.Of("b"), default)).LastPosition.Value);
        Assert.Equal(0, await Count(place, table));
        never.Set();
        over.SetResult();
    }

    [Fact]
    public async Task Code_that_ends_the_transaction_itself_is_told_what_became_of_the_append()
    {
        await using var place = await NewPlace();
        await using var journal = await place.Open();
        var own = new InvalidTimeZoneException("mine");
        var committed = Appends.Of("a");
        var unknown = await Assert.ThrowsAsync<AppendOutcomeUnknownException>(() => journal.Append(
            committed,
            async (_, transaction, cancellationToken) =>
            {
                await transaction.CommitAsync(cancellationToken);
                throw own;
            },
            default).AsTask());
        Assert.Equal(committed.AppendId, unknown.AppendId);
        Assert.Equal(["a"], (await journal.ReadAll()).Select(row => row.Text()));

        var kept = await journal.Append(Appends.Of("b"), async (_, transaction, cancellationToken) => await transaction.CommitAsync(cancellationToken), default);
        Assert.Equal(2, kept.LastPosition.Value);

        await Assert.ThrowsAnyAsync<Exception>(() => journal.Append(Appends.Of("c"), async (_, transaction, cancellationToken) => await transaction.RollbackAsync(cancellationToken), default).AsTask());
        var thrown = await Assert.ThrowsAsync<InvalidTimeZoneException>(() => journal.Append(
            Appends.Of("d"),
            async (_, transaction, cancellationToken) =>
            {
                await transaction.RollbackAsync(cancellationToken);
                throw own;
            },
            default).AsTask());
        Assert.Same(own, thrown);
        Assert.Equal(3, (await journal.Append(Appends.Of("e"), default)).LastPosition.Value);
        Assert.Equal(["a", "b", "e"], (await journal.ReadAll()).Select(row => row.Text()));
    }

    [Fact]
    public async Task What_flows_with_the_callers_calls_flows_into_its_code()
    {
        await using var place = await NewPlace();
        await using var journal = await place.Open();
        var mine = new AsyncLocal<string> { Value = "mine" };
        string? seen = null;
        await journal.Append(
            Appends.Of("a"),
            (_, _, _) =>
            {
                seen = mine.Value;
                return default;
            },
            default);
        Assert.Equal("mine", seen);
    }

    [Fact]
    public async Task Many_appends_with_code_among_many_without_are_each_whole()
    {
        await using var place = await NewPlace();
        var table = await place.CreateTable();
        await using var one = await place.Open();
        await using var two = await place.Open();
        await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            var journal = i % 2 == 0 ? one : two;
            var append = Appends.To(new StreamId("note", $"n-{i % 7}"), ExpectedVersion.Any, Appends.Event($"{i}"), Appends.Event($"{i}"));
            if (i % 3 == 0)
            {
                await journal.Append(append, async (connection, transaction, _) => await Insert(connection, transaction, table, i), default);
            }
            else
            {
                await journal.Append(append, default);
            }
        }));
        Assert.Equal(Enumerable.Range(1, 120).Select(n => (long)n), (await one.ReadAll()).Select(row => row.Position));
        Assert.Equal(20, await Count(place, table));
    }

    [Fact]
    public async Task An_append_in_a_transaction_waits_no_longer_for_the_head_than_the_journal_does_and_the_transaction_goes_on()
    {
        var reason = await WhyNoTransactionSurvivesARefusedLock();
        Assert.SkipWhen(reason is not null, reason ?? "");
        await using var place = await NewPlace();
        await using var journal = await OpenHasty(place);
        await using var connection = await place.Connect();
        await using var transaction = await place.Begin(connection);
        await using (await place.HoldHead())
        {
            var busy = await Assert.ThrowsAsync<JournalBusyException>(() => journal.AppendIn(Appends.Of("a"), transaction, default).AsTask());
            Assert.Equal(TimeSpan.FromMilliseconds(30), busy.Waited);
        }

        Assert.Equal(1, (await journal.AppendIn(Appends.Of("a"), transaction, default)).LastPosition.Value);
        await transaction.CommitAsync();
        Assert.Equal(["a"], (await journal.ReadAll()).Select(row => row.Text()));
    }

    [Fact]
    public async Task A_writer_waits_for_a_transaction_in_which_was_appended_and_says_busy()
    {
        await using var place = await NewPlace();
        await using var journal = await OpenHasty(place);
        await using var connection = await place.Connect();
        await using (var transaction = await place.Begin(connection))
        {
            await journal.AppendIn(Appends.Of("a"), transaction, default);
            await Assert.ThrowsAsync<JournalBusyException>(() => journal.Append(Appends.Of("b"), default).AsTask());
            await transaction.RollbackAsync();
        }

        Assert.Equal(1, (await journal.Append(Appends.Of("b"), default)).LastPosition.Value);
    }

    [Fact]
    public async Task A_transaction_of_another_place_is_refused()
    {
        await using var place = await NewPlace();
        await using var other = await NewPlace();
        await using var journal = await place.Open();
        await using var another = await other.Open();
        await using var connection = await place.ConnectElsewhere();
        await using var transaction = await place.Begin(connection);
        await Assert.ThrowsAsync<JournalTransactionException>(() => journal.AppendIn(Appends.Of("a"), transaction, default).AsTask());
        Assert.Empty(await journal.ReadAll());
    }

    [Fact]
    public async Task A_connection_that_breaks_under_a_transaction_is_a_typed_error_and_nothing_is_stored()
    {
        await using var place = await NewPlace();
        await using var journal = await place.Open();
        var connection = await place.Connect();
        var transaction = await place.Begin(connection);
        await connection.DisposeAsync();
        await Assert.ThrowsAsync<JournalTransactionException>(() => journal.AppendIn(Appends.Of("a"), transaction, default).AsTask());
        Assert.Empty(await journal.ReadAll());
    }

    private static async Task Insert(DbConnection connection, DbTransaction transaction, string table, int number)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"insert into {table} (id, n) values ('row-{number}', {number})";
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<int> Count(ITestPlace place, string table)
    {
        await using var connection = await place.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = $"select count(*) from {table}";
        return Convert.ToInt32(await command.ExecuteScalarAsync());
    }
}
