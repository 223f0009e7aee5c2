using Nagare.Storage;

namespace Nagare.Providers.Tests;

/// <summary>After whatever happened, the server is asked what is left: sessions, transactions, locks.</summary>
public abstract class LeakPromises : ProviderPromises
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Asks the server: no transaction is open, and no lock is held or waited for.</summary>
    protected abstract Task CheckNothingIsHeld(ITestPlace place);

    [Fact]
    public async Task Cancelled_anywhere_appends_and_reads_leave_no_transaction_no_lock_and_no_session_too_many()
    {
        await using var place = await NewPlace();
        await using var journal = await place.Open();
        await journal.Append(Appends.Of("first"), default);
        var stored = 1;
        await Parallel.ForEachAsync(Enumerable.Range(0, 400), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            using var cancellation = new CancellationTokenSource();
            Task call = i % 2 == 0
                ? journal.Append(Appends.Of($"{i}"), cancellation.Token).AsTask()
                : journal.Read(new StoredQuery { Path = StoredPath.Journal, Until = long.MaxValue, Limit = int.MaxValue }, new RowSink(), cancellation.Token).AsTask();
            for (var turn = 0; turn < i % 37; turn++)
            {
                await Task.Yield();
            }

            await cancellation.CancelAsync();
            try
            {
                await call.WaitAsync(Patience, CancellationToken.None);
                if (i % 2 == 0)
                {
                    Interlocked.Increment(ref stored);
                }
            }
            catch (OperationCanceledException)
            {
            }
            catch (AppendOutcomeUnknownException)
            {
                // It was taken already, and its caller did not wait for the answer.
            }
        });

        // Those that nobody waited for are stored with this one or before it.
        await journal.Append(Appends.Of("last"), default);
        var rows = await journal.ReadAll();
        Assert.True(rows.Count > stored, $"{rows.Count} rows where {stored} were acknowledged before the last");
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(n => (long)n), rows.Select(row => row.Position));
        await CheckNothingIsLeft(place);
    }

    [Fact]
    public async Task A_writer_that_gave_up_waiting_holds_nothing()
    {
        await using var place = await NewPlace();
        await (await place.Open()).DisposeAsync();
        await using var journal = await place.Open(busyTimeout: TimeSpan.FromSeconds(1));
        await journal.Append(Appends.Of("first"), default);
        await using (await place.HoldHead())
        {
            await Assert.ThrowsAsync<JournalBusyException>(() => journal.Append(Appends.Of("second"), default).AsTask());
        }

        await CheckNothingIsLeft(place);
    }

    // The server notices a moment later that a session was cut off.
    private async Task CheckNothingIsLeft(ITestPlace place)
    {
        await CheckNothingIsHeld(place);
        var begun = TimeProvider.System.GetTimestamp();
        while (await ((IServerPlace)place).CountSessions() is var left && left > MaxSessions)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, $"{left} sessions are left on the server");
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }
}
