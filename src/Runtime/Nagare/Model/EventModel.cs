using System.Collections.Frozen;

namespace Nagare;

/// <summary>Everything a host's models registered, checked and looked up by name and by type.</summary>
public sealed class EventModel
{
    private readonly FrozenDictionary<Type, EventType> _byClrType;
    private readonly FrozenDictionary<(string Family, string Name, int SchemaVersion), StoredShape> _byName;
    private readonly FrozenDictionary<Type, EventFamily> _familyByBase;
    private readonly FrozenDictionary<Type, string> _commandNames;

    internal EventModel(IReadOnlyList<EventFamily> families, IReadOnlyList<InvariantRule> invariants, IReadOnlyDictionary<Type, string> commandNames)
    {
        Families = families;
        Invariants = invariants;
        var events = families.SelectMany(family => family.Events).ToList();
        _byClrType = events.ToFrozenDictionary(e => e.ClrType);
        _byName = StoredNames.Of(families).ToFrozenDictionary(stored => stored.Key, stored => stored.Value);
        _familyByBase = families.ToFrozenDictionary(family => family.BaseType);
        _commandNames = commandNames.ToFrozenDictionary();
        UpcastersReadEnvelope = families.Any(family => family.Past.Any(past => past.ReadsEnvelope));
    }

    /// <summary>The families, in the order in which they were registered.</summary>
    public IReadOnlyList<EventFamily> Families { get; }

    /// <summary>The rules, in the order in which they were registered.</summary>
    public IReadOnlyList<InvariantRule> Invariants { get; }

    /// <summary>The event type of a record, or null where no model knows it.</summary>
    public EventType? Find(Type clrType) => _byClrType.GetValueOrDefault(clrType);

    /// <summary>Whether an upcaster asks for more of a stored event than a fold otherwise needs.</summary>
    internal bool UpcastersReadEnvelope { get; }

    /// <summary>The event type of a stored name, of today or a former one, and schema version; null where no event of today has that shape.</summary>
    public EventType? Find(string family, string name, int schemaVersion) => FindStored(family, name, schemaVersion).Today;

    /// <summary>How a stored name and schema version are read.</summary>
    internal StoredShape FindStored(string family, string name, int schemaVersion) => _byName.GetValueOrDefault((family, name, schemaVersion));

    /// <summary>The family of a base record, or null where no model knows it.</summary>
    public EventFamily? FindFamily(Type baseType) => _familyByBase.GetValueOrDefault(baseType);

    /// <summary>The name that <see cref="CommandAttribute"/> gives a command, or null.</summary>
    public string? CommandName(Type command) => _commandNames.GetValueOrDefault(command);
}
