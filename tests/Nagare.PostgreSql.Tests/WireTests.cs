using Nagare.Storage;
using Npgsql;

namespace Nagare.PostgreSql.Tests;

/// <summary>What a network does to an append: the answer is lost, the request is lost, the server is frozen.</summary>
public class WireTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lost_answer_and_a_lost_request_are_answered_from_what_is_stored(bool reachesTheServer)
    {
        await using var schema = new JournalSchema();
        await using var proxy = Proxy();
        await using var journal = await schema.Open(options => options.ConnectionString = Through(options.ConnectionString, proxy));
        for (var i = 1; i <= 5; i++)
        {
            var lost = reachesTheServer ? proxy.LoseAnswer(FaultProxy.Holds("nagare_events")) : proxy.LoseRequest(FaultProxy.Holds("nagare_events"));
            var append = journal.Append(Appends.Of($"{i}"), default).AsTask();
            await lost.WaitAsync(Patience);
            Assert.Equal(i, (await append.WaitAsync(Patience)).LastPosition.Value);
        }

        var rows = await journal.ReadAll();
        Assert.Equal(["1", "2", "3", "4", "5"], rows.Select(Appends.Text));
    }

    [Fact]
    public async Task A_frozen_server_leaves_the_queue_bounded_and_everything_that_waited_is_stored_once()
    {
        await using var schema = new JournalSchema();
        await using var proxy = Proxy();
        var limits = new AppendQueueLimits { MaxQueuedEvents = 64, MaxQueuedBytes = 64 * 1024, MaxBatchAppends = 16 };
        await using var journal = await schema.Open(options =>
        {
            options.ConnectionString = Through(options.ConnectionString, proxy);
            options.Queue = limits;
        });
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
        await using var schema = new JournalSchema();
        await using var proxy = Proxy();
        await using var journal = await schema.Open(options =>
        {
            options.ConnectionString = Through(options.ConnectionString, proxy);
            options.CommandTimeout = freeze + TimeSpan.FromMinutes(5);
            options.Queue = limits;
        });
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
        await using var schema = new JournalSchema();
        await using var proxy = Proxy();
        await using var journal = await schema.Open(options => options.ConnectionString = Through(options.ConnectionString, proxy));
        await journal.Append(Appends.Of("first"), default);
        proxy.Refuse();
        var waiting = journal.Append(Appends.Of("second"), default).AsTask();
        proxy.Restore();
        Assert.Equal(2, (await waiting.WaitAsync(Patience)).LastPosition.Value);
    }

    private static FaultProxy Proxy()
    {
        var settings = new NpgsqlConnectionStringBuilder(Server.ConnectionString);
        return FaultProxy.To(settings.Host!, settings.Port);
    }

    private static string Through(string connectionString, FaultProxy proxy) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Host = "127.0.0.1", Port = proxy.Port, SslMode = SslMode.Disable }.ConnectionString;
}
