namespace Nagare.Storage;

/// <summary>What ties events to their further causes, a row a cause.</summary>
internal static class Links
{
    public static IReadOnlyList<(long Position, ReadOnlyMemory<byte> Cause)> Of(IReadOnlyList<PlannedEvent> events)
    {
        List<(long, ReadOnlyMemory<byte>)>? links = null;
        for (var i = 0; i < events.Count; i++)
        {
            foreach (var cause in events[i].Event.FurtherCauses)
            {
                (links ??= []).Add((events[i].Position, cause));
            }
        }

        return links is null ? [] : links;
    }
}
