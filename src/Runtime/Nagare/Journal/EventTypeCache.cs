namespace Nagare;

/// <summary>Finds how a stored name is read, as a rule without hashing it.</summary>
/// <remarks>
/// Providers give the same string instance for the same stored name, so comparing references answers nearly always. One cache
/// belongs to one reader; it is not for several threads.
/// </remarks>
internal sealed class EventTypeCache(EventModel model)
{
    /// <summary>A family has rarely more events in use than this; beyond it the oldest entries are replaced.</summary>
    private const int MaxEntries = 16;

    private readonly Entry[] _entries = new Entry[MaxEntries];
    private int _count;
    private int _next;

    /// <summary>How it is read; by nothing where no model knows it.</summary>
    public StoredShape Find(string family, string type, int schemaVersion)
    {
        foreach (ref readonly var entry in _entries.AsSpan(0, _count))
        {
            if (ReferenceEquals(entry.Type, type) && ReferenceEquals(entry.Family, family) && entry.SchemaVersion == schemaVersion)
            {
                return entry.Shape;
            }
        }

        var found = model.FindStored(family, type, schemaVersion);
        _entries[_next] = new Entry(family, type, schemaVersion, found);
        _next = (_next + 1) % MaxEntries;
        _count = Math.Min(_count + 1, MaxEntries);
        return found;
    }

    private readonly record struct Entry(string Family, string Type, int SchemaVersion, StoredShape Shape);
}
