namespace Nagare.Storage;

/// <summary>What ties an event to one of its further causes.</summary>
internal readonly record struct Link(long Position, ReadOnlyMemory<byte> Cause)
{
    /// <summary>The links of events. One cause may be given twice; it is kept once.</summary>
    public static IReadOnlyList<Link> Of(IReadOnlyList<PlannedEvent> events)
    {
        List<Link>? links = null;
        for (var place = 0; place < events.Count; place++)
        {
            var e = events[place];
            var causes = e.Event.FurtherCauses;
            for (var i = 0; i < causes.Count; i++)
            {
                if (!causes.Take(i).Any(earlier => earlier.Span.SequenceEqual(causes[i].Span)))
                {
                    (links ??= []).Add(new Link(e.Position, causes[i]));
                }
            }
        }

        return links is null ? [] : links;
    }
}
