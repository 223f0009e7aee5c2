using System.Text;
using Nagare.Storage;

namespace Nagare.Testing;

/// <summary>Two tenants of one host, and all that one could know of the other: what each verb is tried with.</summary>
/// <param name="Own">The tenant that asks.</param>
/// <param name="Stream">A stream of the other.</param>
/// <param name="Stored">The other's append.</param>
/// <param name="Correlation">Its correlation id.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Cause">What caused it.</param>
/// <param name="Cancellation">Ends the scenario.</param>
internal sealed record TenantCrossing(NamedJournal Own, StreamId Stream, AppendResult Stored, string Correlation, string Subject, CausationId Cause, CancellationToken Cancellation)
{
    /// <summary>A word that stands in everything that the other tenant stored, and nowhere else.</summary>
    public const string Secret = "secret-of-the-other";

    /// <summary>The ids of the other's events.</summary>
    public IEnumerable<Guid> EventIds => Enumerable.Range(0, Stored.EventCount).Select(Stored.EventId);

    /// <summary>Scopes that would mean the other's events if anything crossed.</summary>
    public IEnumerable<JournalScope> Scopes =>
    [
        JournalScope.Everything,
        JournalScope.Of(Stream),
        JournalScope.Correlated(Correlation),
        new() { Subject = Subject },
        new() { Category = Appends.Family },
        new() { From = DateTimeOffset.MinValue, Time = TimeBasis.Occurred },
        new() { From = Stored.RecordedAt - TimeSpan.FromDays(1) },
    ];

    /// <summary>Paths of a storage that would lead to the other's events.</summary>
    public IEnumerable<StoredQuery> Queries =>
    [
        Query(StoredPath.Journal),
        Query(StoredPath.Stream) with { Key = Stream.ToString() },
        Query(StoredPath.Correlation) with { Key = Correlation },
        Query(StoredPath.Subject) with { Key = Subject },
        Query(StoredPath.Occurred) with { AfterOccurred = long.MinValue, UntilOccurred = long.MaxValue },
        Query(StoredPath.Cause) with { KeyBytes = Cause.ToBytes() },
        .. EventIds.Select(id => Query(StoredPath.EventId) with { KeyBytes = id.ToByteArray(bigEndian: true) }),
    ];

    public static string Text(Envelope envelope) => $"{Encoding.UTF8.GetString(envelope.Data.Span)} {envelope.Metadata} {envelope.StreamId}";

    public static async Task<string> Text(IAsyncEnumerable<Envelope> envelopes)
    {
        var text = new StringBuilder();
        await foreach (var envelope in envelopes.ConfigureAwait(false))
        {
            text.AppendLine(Text(envelope));
        }

        return text.ToString();
    }

    private static StoredQuery Query(StoredPath path) => new() { Path = path, Until = long.MaxValue, Limit = 1_000 };
}
