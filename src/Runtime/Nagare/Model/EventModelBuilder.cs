using System.Text.Json.Serialization.Metadata;

namespace Nagare;

/// <summary>Collects what models list. Called by generated code, and by hand for what no model lists.</summary>
/// <remarks>Contradictions are found when the list is complete, at start-up: see <see cref="Build"/>.</remarks>
public sealed class EventModelBuilder
{
    private readonly HashSet<Type> _included = [];
    private readonly List<EventFamily> _families = [];
    private readonly List<AggregateRegistration> _aggregates = [];
    private readonly List<ExplainerRegistration> _explainers = [];
    private readonly List<InvariantRule> _invariants = [];
    private readonly Dictionary<Type, string> _commandNames = [];
    private readonly Dictionary<Type, object> _snapshots = [];

    internal IReadOnlyList<AggregateRegistration> Aggregates => _aggregates;

    /// <summary>The policy of an aggregate, a <see cref="SnapshotPolicy{TAggregate}"/>, or null.</summary>
    internal object? SnapshotsOf(Type aggregate) => _snapshots.GetValueOrDefault(aggregate);

    internal IReadOnlyList<ExplainerRegistration> Explainers => _explainers;

    /// <summary>Adds everything a model lists; a second time does nothing.</summary>
    public void Include<TModel>()
        where TModel : IEventModel
    {
        if (_included.Add(typeof(TModel)))
        {
            TModel.Register(this);
        }
    }

    /// <summary>Adds a family.</summary>
    public void AddFamily(EventFamily family)
    {
        ArgumentNullException.ThrowIfNull(family);
        foreach (var name in family.FormerNames.Prepend(family.Name))
        {
            IdRules.Check(name, "event family name");
        }

        foreach (var (name, _, _) in StoredNames.Stated(family))
        {
            IdRules.Check(name, "event type name");
        }

        _families.Add(family);
    }

    /// <summary>Adds an aggregate.</summary>
    public void AddAggregate<TAggregate, TEvent>()
        where TAggregate : IAggregate<TAggregate, TEvent>
        where TEvent : class => Add(new AggregateRegistration<TAggregate>(null));

    /// <summary>Adds an aggregate with a JSON type that prints its state.</summary>
    public void AddAggregate<TAggregate, TEvent>(JsonTypeInfo<TAggregate> json)
        where TAggregate : IAggregate<TAggregate, TEvent>
        where TEvent : class => Add(new AggregateRegistration<TAggregate>(json));

    /// <summary>Asks for snapshots of an aggregate's states; the last policy said for an aggregate counts.</summary>
    public void AddSnapshots<TAggregate>(SnapshotPolicy<TAggregate> policy)
        where TAggregate : IAggregate<TAggregate>
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(policy.Codec);
        _snapshots[typeof(TAggregate)] = policy;
    }

    /// <summary>Adds the explainer of a family.</summary>
    public void AddExplainer<TEvent>(Func<IServiceProvider, IEventExplainer<TEvent>> create)
        where TEvent : class => _explainers.Add(new ExplainerRegistration<TEvent>(create));

    /// <summary>Adds a rule.</summary>
    public void AddInvariant(InvariantRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        _invariants.Add(rule);
    }

    /// <summary>Adds a command's stored name.</summary>
    public void AddCommand<TCommand>(string name)
    {
        IdRules.Check(name, "command name");
        _commandNames.Add(typeof(TCommand), name);
    }

    /// <summary>Checks the whole and closes it.</summary>
    /// <exception cref="EventModelException">Two families, or two events of one family and version, past and former names included, share a stored name; two explainers serve one family; an aggregate or explainer folds a family that no model lists.</exception>
    public EventModel Build()
    {
        RefuseTwice(_families.SelectMany(family => family.FormerNames.Prepend(family.Name), (family, name) => (family, name)), stored => stored.name, stored => stored.family.BaseType.ToString(), "event families are stored under the name");
        RefuseTwice(_families.SelectMany(StoredNames.Stated, (family, stored) => (Name: $"{family.Name}/{stored.Name} v{stored.SchemaVersion}", stored.Shape.ClrType)), stored => stored.Name, stored => stored.ClrType.ToString(), "events are stored under the name");
        RefuseTwice(_explainers, explainer => explainer.EventBase.ToString(), explainer => explainer.ToString()!, "explainers are registered for");
        RefuseTwice(_commandNames, command => command.Value, command => command.Key.ToString(), "commands share the name");

        var bases = _families.Select(family => family.BaseType).ToHashSet();
        foreach (var aggregate in _aggregates.Where(aggregate => !bases.Contains(aggregate.EventBase)))
        {
            throw new EventModelException($"{aggregate.AggregateType} folds {aggregate.EventBase}, which no registered model lists. Add the model of the assembly that holds it.");
        }

        foreach (var explainer in _explainers.Where(explainer => !bases.Contains(explainer.EventBase)))
        {
            throw new EventModelException($"An explainer is registered for {explainer.EventBase}, which no registered model lists. Add the model of the assembly that holds it.");
        }

        return new EventModel([.. _families], [.. _invariants], _commandNames);
    }

    private static void RefuseTwice<T>(IEnumerable<T> items, Func<T, string> name, Func<T, string> describe, string what)
    {
        var twice = items.GroupBy(name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new EventModelException($"{twice.Count()} {what} '{twice.Key}': {string.Join(", ", twice.Select(describe))}.");
        }
    }

    private void Add(AggregateRegistration aggregate)
    {
        // A model may list an aggregate that was also added by hand, with a JSON type; the one with the JSON type counts.
        var index = _aggregates.FindIndex(known => known.AggregateType == aggregate.AggregateType);
        if (index < 0)
        {
            _aggregates.Add(aggregate);
        }
        else if (aggregate.HasJson)
        {
            _aggregates[index] = aggregate;
        }
    }
}
