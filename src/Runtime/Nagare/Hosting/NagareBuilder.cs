using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Nagare.Storage;

namespace Nagare;

/// <summary>What <c>AddNagare</c> is told: the models, where the journal is kept, and how it behaves.</summary>
public sealed class NagareBuilder
{
    private readonly List<Func<IServiceProvider, IEventRedactor>> _redactors = [];
    private UnknownEventPolicy _unknownEvents = UnknownEventPolicy.Fail;

    internal NagareBuilder(IServiceCollection services) => Services = services;

    /// <summary>The application's services, for providers and extensions.</summary>
    public IServiceCollection Services { get; }

    internal EventModelBuilder Model { get; } = new();

    internal Func<IServiceProvider, IJournalStorage>? Storage { get; private set; }

    internal Func<IServiceProvider, JournalMark?>? Known { get; private set; }

    internal Func<IServiceProvider, JournalName, IJournalStorage>? NamedStorage { get; private set; }

    /// <summary>
    /// How long what belongs to a journal lives: as long as the application where there is one journal, as long as its scope where journals are opened by name. Extensions
    /// that add services which ask a journal give them this lifetime.
    /// </summary>
    public ServiceLifetime Lifetime { get; internal init; } = ServiceLifetime.Singleton;

    /// <summary>Adds everything marked in an assembly, through the class marked <see cref="EventModelAttribute"/> in it. A second time does nothing.</summary>
    public NagareBuilder AddModel<TModel>()
        where TModel : IEventModel
    {
        Model.Include<TModel>();
        return this;
    }

    /// <summary>Adds an aggregate that no model lists, such as one written by hand.</summary>
    public NagareBuilder AddAggregate<TAggregate, TEvent>()
        where TAggregate : IAggregate<TAggregate, TEvent>
        where TEvent : class
    {
        Model.AddAggregate<TAggregate, TEvent>();
        return this;
    }

    /// <summary>Adds an aggregate with a JSON type that prints its state; also for one that a model lists already.</summary>
    public NagareBuilder AddAggregate<TAggregate, TEvent>(JsonTypeInfo<TAggregate> json)
        where TAggregate : IAggregate<TAggregate, TEvent>
        where TEvent : class
    {
        ArgumentNullException.ThrowIfNull(json);
        Model.AddAggregate<TAggregate, TEvent>(json);
        return this;
    }

    /// <summary>Asks for snapshots of the states of an aggregate that no generator serves; also in the place of what its attribute says.</summary>
    public NagareBuilder AddSnapshots<TAggregate>(SnapshotPolicy<TAggregate> policy)
        where TAggregate : IAggregate<TAggregate>
    {
        Model.AddSnapshots(policy);
        return this;
    }

    /// <summary>Adds a rule that no model lists.</summary>
    public NagareBuilder AddInvariant(InvariantRule rule)
    {
        Model.AddInvariant(rule);
        return this;
    }

    /// <summary>Adds what replaces or encrypts parts of events before they are stored, logged or queued. Several run in the order in which they were added.</summary>
    public NagareBuilder AddRedactor(Func<IServiceProvider, IEventRedactor> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _redactors.Add(create);
        return this;
    }

    /// <inheritdoc cref="AddRedactor(Func{IServiceProvider, IEventRedactor})"/>
    public NagareBuilder AddRedactor(IEventRedactor redactor)
    {
        ArgumentNullException.ThrowIfNull(redactor);
        return AddRedactor(_ => redactor);
    }

    /// <summary>Says what a read does with an event that no registered model knows; it fails unless said.</summary>
    public NagareBuilder OnUnknownEvent(UnknownEventPolicy policy)
    {
        _unknownEvents = policy;
        return this;
    }

    /// <summary>Says where the journal is kept. Providers call this from <c>UseSqlite</c> and its like; the last one said counts.</summary>
    /// <param name="create">Makes the storage, once. It is opened at host start or by the first call, and disposed with the container.</param>
    public NagareBuilder UseStorage(Func<IServiceProvider, IJournalStorage> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        Storage = create;
        return this;
    }

    /// <summary>
    /// Refuses to open a journal that does not hold what a mark saw (<see cref="JournalBehindException"/>): an older backup was restored, and whatever
    /// follows the journal must not go on as if nothing had happened. See <see cref="JournalMarks"/>.
    /// </summary>
    /// <param name="known">Gives the mark that was kept elsewhere, or null where none was kept yet. Asked once.</param>
    public NagareBuilder NotBehind(Func<IServiceProvider, JournalMark?> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        Known = known;
        return this;
    }

    /// <summary>
    /// Says where journals are kept that are opened by name; see <c>AddNamedJournals</c>. Providers call this from <c>UseSqliteFolder</c> and its like; the last one said counts.
    /// </summary>
    /// <param name="create">Makes the storage of one name: another place for every name, and the same for the same name. It gets the services of the journal's scope.</param>
    public NagareBuilder UseNamedStorage(Func<IServiceProvider, JournalName, IJournalStorage> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        NamedStorage = create;
        return this;
    }

    /// <summary>Adds a service that belongs to a journal.</summary>
    internal void Add<TService>(Func<IServiceProvider, TService> create)
        where TService : class => Services.Add(ServiceDescriptor.Describe(typeof(TService), create, Lifetime));

    internal JournalOptions Options(IServiceProvider services) => new()
    {
        UnknownEvents = _unknownEvents,
        Redactors = [.. _redactors.Select(create => create(services))],
        Clock = services.GetRequiredService<TimeProvider>(),
    };
}
