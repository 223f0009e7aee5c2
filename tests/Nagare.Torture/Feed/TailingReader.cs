using Nagare.Storage;

namespace Nagare.Torture;

/// <summary>Follows a journal by position: asks, goes on from the last event it saw, and asks again a moment later where there was none.</summary>
internal sealed class TailingReader(Func<IJournalStorage> open, int seed) : IStoredEventSink
{
    private const int MaxPageEvents = 500;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);

    private readonly Random _random = new(seed);

    /// <summary>What it saw, in that order, and when.</summary>
    public List<(long Position, string StreamId, long Version, DateTime At)> Seen { get; } = [];

    /// <summary>How often it was closed and opened again.</summary>
    public int Restarts { get; private set; }

    /// <summary>Reads until the writers have ended and it has seen everything up to the head they left.</summary>
    /// <param name="ended">Done when nobody writes any more.</param>
    /// <param name="restartEvery">How long it lives before it is opened anew, or null where it is not.</param>
    public async Task Run(Task ended, TimeSpan? restartEvery = null)
    {
        while (true)
        {
            await using var journal = open();
            await journal.Open(default);
            // Opening may take longer than a life: it reads something in each.
            var started = TimeProvider.System.GetTimestamp();
            if (await Read(journal, ended, () => restartEvery is { } life && TimeProvider.System.GetElapsedTime(started) > life))
            {
                return;
            }

            Restarts++;
        }
    }

    public bool Accept(in StoredEvent e)
    {
        Seen.Add((e.Position, e.StreamId, e.Version, DateTime.UtcNow));
        return true;
    }

    private async Task<bool> Read(IJournalStorage journal, Task ended, Func<bool> isToRestart)
    {
        using var poll = new PeriodicTimer(Poll);
        while (!isToRestart())
        {
            // Asked before the page: what was stored before the end is in it or in a later one.
            var isLast = ended.IsCompleted;
            var query = new StoredQuery { Path = StoredPath.Journal, After = Seen is [.., var last] ? last.Position : 0, Until = long.MaxValue, Limit = _random.Next(1, MaxPageEvents), Detail = StoredDetail.Fold };
            if (await journal.Read(query, this, default) == 0)
            {
                if (isLast)
                {
                    return true;
                }

                await poll.WaitForNextTickAsync();
            }
        }

        return false;
    }
}
