using Nagare.Storage;

namespace Nagare;

/// <summary>Chooses the one path along which a scope is read.</summary>
/// <remarks>
/// An occurred-time range asks for the order of occurred time, which only that path has. Otherwise the path that gives the fewest
/// events: a stream, a correlation, a subject, and last the whole journal by position. The rest of the scope is filtered.
/// </remarks>
internal static class ScopePath
{
    /// <summary>The most events one page reads. Fewer cost more statements, more keep a read transaction and a page of events for longer.</summary>
    public const int PageEvents = 1_000;

    /// <summary>Where the first page begins and the last one ends.</summary>
    /// <exception cref="InvalidStreamIdException">The scope's category or stream is none.</exception>
    public static StoredQuery Choose(JournalScope scope, ReadDirection direction)
    {
        if (scope.Category is { } category && (category.Length == 0 || category.Contains('/')))
        {
            throw new InvalidStreamIdException(category, "a category holds at least one character and no '/'");
        }

        var byPosition = new StoredQuery
        {
            Path = StoredPath.Journal,
            After = scope.After.Value,
            Until = scope.Until?.Value ?? long.MaxValue,
            Direction = direction,
            Detail = StoredDetail.Full,
            Limit = int.MaxValue,
        };

        return scope switch
        {
            { Time: TimeBasis.Occurred } and ({ From: not null } or { To: not null }) => byPosition with
            {
                Path = StoredPath.Occurred,
                AfterOccurred = FirstMicrosecond(scope),
                After = 0,
                UntilOccurred = scope.To is null ? long.MaxValue : EndMicrosecond(scope) - 1,
                Until = long.MaxValue,
            },
            { Stream: { } stream } => byPosition with { Path = StoredPath.Stream, Key = stream.Checked(), After = 0, Until = long.MaxValue },
            { CorrelationId: { } correlation } => byPosition with { Path = StoredPath.Correlation, Key = correlation },
            { Subject: { } subject } => byPosition with { Path = StoredPath.Subject, Key = subject },
            _ => byPosition,
        };
    }

    /// <summary>The page after one that ended at this event.</summary>
    public static StoredQuery Continue(StoredQuery query, long position, long version, long occurredAt) => (query.Path, query.Direction) switch
    {
        (StoredPath.Stream, ReadDirection.Forwards) => query with { After = version },
        (StoredPath.Stream, ReadDirection.Backwards) => query with { Until = version - 1 },
        (StoredPath.Occurred, ReadDirection.Forwards) => query with { AfterOccurred = occurredAt, After = position },
        (StoredPath.Occurred, ReadDirection.Backwards) => query with { UntilOccurred = occurredAt, Until = position - 1 },
        (_, ReadDirection.Forwards) => query with { After = position },
        _ => query with { Until = position - 1 },
    };

    /// <summary>The first stored microsecond that is not before the scope's start.</summary>
    public static long FirstMicrosecond(JournalScope scope) => scope.From is { } from ? Ceiling(from) : long.MinValue;

    /// <summary>The first stored microsecond that is not before the scope's end.</summary>
    public static long EndMicrosecond(JournalScope scope) => scope.To is { } to ? Ceiling(to) : long.MaxValue;

    // An instant has ten ticks a microsecond; what is stored is whole.
    private static long Ceiling(DateTimeOffset instant) => UnixMicroseconds.FromInstant(instant) switch
    {
        var floor when UnixMicroseconds.ToInstant(floor) < instant => floor + 1,
        var floor => floor,
    };
}
