namespace Nagare.Torture;

/// <summary>What else goes on beside a feed: transactions that stand idle, and now and then one that appends, holds everybody up, and is taken back.</summary>
internal static class Bystanders
{
    private const int MaxHoldMilliseconds = 300;
    private const int MaxPauseMilliseconds = 1_500;
    private const int IdleMilliseconds = 2_000;

    private static readonly byte[] Data = [(byte)'{', (byte)'}'];

    /// <summary>Begins a transaction that does nothing more, keeps it a while, and begins the next.</summary>
    public static async Task StandIdle(Backend backend, string address, CancellationToken end)
    {
        await using var connection = await backend.Connect(address);
        while (!end.IsCancellationRequested)
        {
            await using var transaction = await backend.StandBy(connection);
            await Pause(IdleMilliseconds, end);
        }
    }

    /// <summary>Appends as somebody without the journal would, holds the transaction open, and takes it back. Returns how often.</summary>
    public static async Task<int> HoldOpen(Backend backend, string address, Random random, CancellationToken end)
    {
        await using var connection = await backend.Connect(address);
        var held = 0;
        while (!end.IsCancellationRequested)
        {
            await Pause(random.Next(MaxPauseMilliseconds), end);
            await using var transaction = await backend.TakeHead(connection);
            var last = await backend.LastPosition(transaction);
            await backend.Insert(transaction, new RawEvent(last + 1, $"torture/taken-back-{held}", 1, Guid.CreateVersion7(), Data));
            await Pause(random.Next(MaxHoldMilliseconds), end);
            await transaction.RollbackAsync(default);
            held++;
        }

        return held;
    }

    // Over at its end or at the run's, whichever comes first.
    private static async Task Pause(int milliseconds, CancellationToken end) =>
        await Task.Delay(milliseconds, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
