using Nagare.Storage;

namespace Nagare.CommandLine;

/// <summary>
/// Lists the streams of a journal by reading it once, forward. No payload is decoded, so that a journal can be listed faster than it
/// is understood, and also where some of its events are not; what stays in memory is a few words for each stream.
/// </summary>
internal sealed class StreamListing : IStoredEventSink
{
    /// <summary>The most events one statement reads: more would keep a read transaction open for longer.</summary>
    private const int PageEvents = 1_000;

    private readonly string? _category;
    private readonly List<StreamSummary> _streams = [];
    private readonly Dictionary<string, StreamSummary> _byId = new(StringComparer.Ordinal);
    private long _last;

    private StreamListing(string? category) => _category = category;

    /// <summary>The streams, in the order of their first events.</summary>
    /// <param name="storage">The journal.</param>
    /// <param name="category">Only the streams of this category, or null for all.</param>
    /// <param name="detail">With <see cref="StoredDetail.Fold"/> nothing is known about when events happened, only when they were recorded.</param>
    /// <param name="progress">Told how many events were read, each time.</param>
    /// <param name="cancellationToken">Stops between two pages.</param>
    public static async Task<List<StreamSummary>> Read(IJournalStorage storage, string? category, StoredDetail detail, IProgressDisplay? progress, CancellationToken cancellationToken)
    {
        var listing = new StreamListing(category);
        var read = PageEvents;
        while (read == PageEvents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var query = new StoredQuery { Path = StoredPath.Journal, After = listing._last, Until = long.MaxValue, Detail = detail, Limit = PageEvents };
            read = await storage.Read(query, listing, cancellationToken).ConfigureAwait(false);
            progress?.Advance(read);
        }

        return listing._streams;
    }

    public bool Accept(in StoredEvent e)
    {
        _last = e.Position;
        if (!_byId.TryGetValue(e.StreamId, out var stream))
        {
            stream = new StreamSummary(in e);
            _byId.Add(e.StreamId, stream);
            if (_category is null || stream.StreamId.Category == _category)
            {
                _streams.Add(stream);
            }
        }

        stream.Add(in e);
        return true;
    }
}
