using Nagare.Storage;

namespace Nagare.Providers.Tests;

/// <summary>What a network does to an append, on every server: the answer is lost, the request is lost, the server is frozen.</summary>
public abstract class WirePromises : ProviderPromises
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>A proxy in front of the server; what goes through it is not encrypted.</summary>
    private protected abstract ValueTask<FaultProxy> NewProxy();

    /// <summary>Opens the journal of a place by way of a proxy.</summary>
    private protected abstract Task<RelationalJournal> Open(ITestPlace place, FaultProxy proxy, AppendQueueLimits? queue = null, TimeSpan? commandTimeout = null);

    /// <summary>How long a statement may take before it is given up; the tables are there already.</summary>
    protected virtual TimeSpan ShortCommandTimeout => TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lost_answer_and_a_lost_request_are_answered_from_what_is_stored(bool reachesTheServer)
    {
        await using var place = await NewPlace();
        await using var proxy = await NewProxy();
        await using var journal = await Open(place, proxy);
        for (var i = 1; i <= 5; i++)
        {
            // Only what stores an event holds its payload.
            var payload = FaultProxy.Holds($"payload-{i}");
            var lost = reachesTheServer ? proxy.LoseAnswer(payload) : proxy.LoseRequest(payload);
            var append = journal.Append(Appends.Of($"payload-{i}"), default).AsTask();
            await lost.WaitAsync(Patience);
            Assert.Equal(i, (await append.WaitAsync(Patience)).LastPosition.Value);
        }

        var rows = await journal.ReadAll();
        Assert.Equal(Enumerable.Range(1, 5).Select(i => $"payload-{i}"), rows.Select(Appends.Text));
    }

    [Fact]
    public async Task A_frozen_server_leaves_the_queue_bounded_and_everything_that_waited_is_stored_once()
    {
        await using var place = await NewPlace();
        await using var proxy = await NewProxy();
        var limits = new AppendQueueLimits { MaxQueuedEvents = 64, MaxQueuedBytes = 64 * 1024, MaxBatchAppends = 16 };
        await using var journal = await Open(place, proxy, limits);
        await journal.Append(Appends.Of("first"), default);

        proxy.Freeze();
        using var gaveUp = new CancellationTokenSource();
        var patient = Enumerable.Range(0, 400).Select(i => journal.Append(Appends.Of($"p-{i}"), default).AsTask()).ToArray();
        var impatient = Enumerable.Range(0, 100).Select(i => journal.Append(Appends.Of($"i-{i}"), gaveUp.Token).AsTask()).ToArray();
        await gaveUp.CancelAsync();
        foreach (var append in impatient)
        {
            // None of them was taken by the writer, which has the first batch of patient ones in hand, so each is surely not stored.
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append.WaitAsync(Patience));
        }

        Assert.All(patient, append => Assert.False(append.IsCompleted));
        proxy.Thaw();
        await Task.WhenAll(patient).WaitAsync(Patience);
        var texts = (await journal.ReadAll()).Select(Appends.Text).ToList();
        Assert.Equal(["first", .. Enumerable.Range(0, 400).Select(i => $"p-{i}")], texts);
    }

    /// <summary>NAGARE_FREEZE_SECONDS makes it as long as somebody wants.</summary>
    [Fact]
    public async Task Under_full_load_a_frozen_server_costs_no_memory_without_bound_and_nothing_is_lost_or_doubled()
    {
        const int Callers = 2_000;
        const int PayloadBytes = 16 * 1024;
        var freeze = TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("NAGARE_FREEZE_SECONDS") ?? "1", System.Globalization.CultureInfo.InvariantCulture));
        var limits = new AppendQueueLimits { MaxQueuedEvents = 500, MaxQueuedBytes = 4 * 1024 * 1024, MaxBatchBytes = 1024 * 1024 };
        await using var place = await NewPlace();
        await using var proxy = await NewProxy();
        await using var journal = await Open(place, proxy, limits, freeze + TimeSpan.FromMinutes(5));
        await journal.Append(Appends.Of("first"), default);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        proxy.Freeze();
        var encoded = 0;
        var acknowledged = 0;
        var withdrawn = 0;
        var unknown = 0;
        var callers = Enumerable.Range(0, Callers).Select(i => Task.Run(async () =>
        {
            // Half of them wait as long as it takes, half give up while the server stands.
            using var patience = i % 2 == 0 ? new CancellationTokenSource() : new CancellationTokenSource(freeze / 2);
            try
            {
                await journal.AppendInTurn(
                    () =>
                    {
                        Interlocked.Increment(ref encoded);
                        return Appends.To(new("note", $"caller-{i}"), ExpectedVersion.NoStream, Appends.Event(new string('x', PayloadBytes)));
                    },
                    patience.Token);
                Interlocked.Increment(ref acknowledged);
            }
            catch (OperationCanceledException)
            {
                Interlocked.Increment(ref withdrawn);
            }
            catch (AppendOutcomeUnknownException)
            {
                Interlocked.Increment(ref unknown);
            }
        })).ToArray();

        // Sampled for as long as the server stands.
        var peak = 0L;
        using (var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50)))
        {
            for (var frozen = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(frozen) < freeze;)
            {
                await ticks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        // Each payload is held as text too; the queue, the batch in hand and what found it full are all there is of them.
        var bound = 3 * (limits.MaxQueuedBytes + limits.MaxBatchBytes + (Environment.ProcessorCount * 4L * PayloadBytes)) + (Callers * 8_192L);
        Assert.InRange(peak, 0, bound);
        Assert.InRange(encoded, 1, (int)((limits.MaxQueuedBytes + limits.MaxBatchBytes) / PayloadBytes) + (Environment.ProcessorCount * 16) + (Callers / 2));

        proxy.Thaw();
        await Task.WhenAll(callers).WaitAsync(TimeSpan.FromMinutes(5));
        var rows = await journal.ReadAll();
        TestContext.Current.SendDiagnosticMessage($"frozen {freeze.TotalSeconds} s: peak {peak / 1024} KiB above rest, {acknowledged} stored, {withdrawn} withdrawn, {unknown} unknown, {encoded} encoded");
        Assert.Equal(Callers, acknowledged + withdrawn + unknown);
        Assert.InRange(rows.Count - 1, acknowledged, acknowledged + unknown);
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(n => (long)n), rows.Select(row => row.Position));
        Assert.Equal(rows.Count, rows.Select(row => row.StreamId).Distinct().Count());
        Assert.True(acknowledged >= Callers / 2, $"only {acknowledged} of those that waited are stored");
        Assert.Equal(rows.Count + 1, (await journal.Append(Appends.Of("last"), default)).LastPosition.Value);
    }

    [Fact]
    public async Task A_server_that_is_gone_and_comes_back_takes_what_waited()
    {
        await using var place = await NewPlace();
        await using var proxy = await NewProxy();
        await using var journal = await Open(place, proxy);
        await journal.Append(Appends.Of("first"), default);
        proxy.Refuse();
        var waiting = journal.Append(Appends.Of("second"), default).AsTask();
        proxy.Restore();
        Assert.Equal(2, (await waiting.WaitAsync(Patience)).LastPosition.Value);
    }

    // A statement that the server never answers is given up by the command time-out; the next attempt finds the server again.
    [Fact]
    public async Task A_statement_that_is_never_answered_is_given_up_and_leaves_nothing_behind()
    {
        await using var place = await NewPlace();
        await (await place.Open()).DisposeAsync();
        await using var proxy = await NewProxy();
        await using var journal = await Open(place, proxy, commandTimeout: ShortCommandTimeout);
        await journal.Append(Appends.Of("first"), default);
        proxy.Freeze();
        var append = journal.Append(Appends.Of("second"), default).AsTask();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.ReadHead(default).AsTask().WaitAsync(Patience));
        proxy.Thaw();
        Assert.Equal(2, (await append.WaitAsync(Patience)).LastPosition.Value);
        Assert.Equal(["first", "second"], (await journal.ReadAll()).Select(Appends.Text));
    }
}
