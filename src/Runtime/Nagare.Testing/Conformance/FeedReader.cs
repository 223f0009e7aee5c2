using Nagare.Storage;

namespace Nagare.Testing;

/// <summary>Tails a journal by position while others write, as every subscription does, and keeps what it saw in the order in which it saw it.</summary>
internal sealed class FeedReader(IJournalStorage storage, Random random) : IDisposable
{
    private const int MaxPageEvents = 200;

    private readonly List<(long Position, string StreamId, long Version)> _seen = [];
    private readonly SemaphoreSlim _news = new(0);
    private volatile bool _isEnding;

    /// <summary>What it saw, in that order.</summary>
    public IReadOnlyList<(long Position, string StreamId, long Version)> Seen => _seen;

    /// <summary>Something was acknowledged.</summary>
    public void Wake() => _news.Release();

    /// <summary>Nothing more will be acknowledged: read to the end, then stop.</summary>
    public void End()
    {
        _isEnding = true;
        _news.Release();
    }

    /// <summary>Reads until the end, from whatever page to whatever page: page sizes are random, so that boundaries fall everywhere.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        while (true)
        {
            // Asked before the page: what was acknowledged before the end is in it or in a later one.
            var isLast = _isEnding;
            var page = await storage.Page(NextPage(), cancellationToken).ConfigureAwait(false);
            _seen.AddRange(page.Select(row => (row.Position, row.StreamId, row.Version)));
            if (page.Count == 0 && isLast)
            {
                return;
            }

            if (page.Count == 0)
            {
                await _news.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public void Dispose() => _news.Dispose();

    /// <summary>Compares what was seen with what was acknowledged, and throws with the counts where they differ.</summary>
    public void Check(IReadOnlyCollection<Outcome> outcomes, IReadOnlyList<StoredRow> rows)
    {
        var acknowledged = outcomes.Where(outcome => outcome.Result is { EventCount: > 0 })
            .SelectMany(outcome => Enumerable.Range(0, outcome.Result!.EventCount).Select(i => outcome.Result.FirstPosition.Value + i))
            .ToHashSet();
        var missed = acknowledged.Except(_seen.Select(e => e.Position)).Count() + rows.Select(row => row.Position).Except(_seen.Select(e => e.Position)).Except(acknowledged).Count();
        var doubled = _seen.Count - _seen.Select(e => e.Position).Distinct().Count();
        var outOfOrder = _seen.Zip(_seen.Skip(1)).Count(pair => pair.Second.Position <= pair.First.Position);
        var outOfStreamOrder = _seen.GroupBy(e => e.StreamId, StringComparer.Ordinal).Sum(stream => stream.Zip(stream.Skip(1)).Count(pair => pair.Second.Version <= pair.First.Version));
        Promise.That(
            missed + doubled + outOfOrder + outOfStreamOrder == 0,
            "a reader that goes on from the last position it saw sees every event once, in commit order",
            $"of {acknowledged.Count} acknowledged events: missed {missed}, doubled {doubled}, out of order {outOfOrder}, out of stream order {outOfStreamOrder}");
    }

    private StoredQuery NextPage() => new()
    {
        Path = StoredPath.Journal,
        After = _seen is [.., var last] ? last.Position : 0,
        Until = long.MaxValue,
        Limit = random.Next(1, MaxPageEvents),
        Detail = StoredDetail.Fold,
    };
}
