namespace Nagare;

/// <summary>Every name and version under which events of some families lie in a journal, with how each is read.</summary>
internal static class StoredNames
{
    /// <summary>What is stored under a name: today's events, past ones, and both under the former names of the event and of its family.</summary>
    public static Dictionary<(string Family, string Name, int SchemaVersion), StoredShape> Of(IEnumerable<EventFamily> families)
    {
        var stored = new Dictionary<(string Family, string Name, int SchemaVersion), StoredShape>();
        foreach (var family in families)
        {
            foreach (var (name, version, shape) in Stated(family).Concat(Implied(family)))
            {
                foreach (var familyName in family.FormerNames.Prepend(family.Name))
                {
                    stored.TryAdd((familyName, name, version), shape);
                }
            }
        }

        return stored;
    }

    /// <summary>The names and versions that a family states, each for one shape; stating one twice is a contradiction.</summary>
    public static IEnumerable<(string Name, int SchemaVersion, StoredShape Shape)> Stated(EventFamily family) =>
        family.Events.SelectMany(e => e.FormerNames.Prepend(e.Name).Select(name => (name, e.SchemaVersion, new StoredShape(e, null))))
            .Concat(family.Past.Select(past => (past.Name, past.SchemaVersion, new StoredShape(null, past))));

    // Under its former name an event was stored in the versions that it had then.
    private static IEnumerable<(string Name, int SchemaVersion, StoredShape Shape)> Implied(EventFamily family) =>
        from e in family.Events
        from formerName in e.FormerNames
        from past in family.Past
        where past.Name == e.Name
        select (formerName, past.SchemaVersion, new StoredShape(null, past));
}
