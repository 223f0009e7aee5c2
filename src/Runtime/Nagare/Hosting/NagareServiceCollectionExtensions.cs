using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Nagare;
using Nagare.Storage;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Nagare to an application.</summary>
public static class NagareServiceCollectionExtensions
{
    /// <summary>
    /// Adds the journal, a repository for each aggregate, and what asks questions of them. In a host the journal is opened at start;
    /// without one, by the first call.
    /// </summary>
    /// <example>
    /// <code>
    /// services.AddNagare(nagare => nagare
    ///     .AddModel&lt;AgentOpsModel&gt;()
    ///     .UseSqlite("Data Source=agents.db"));
    /// </code>
    /// </example>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Says which models, where the journal is kept, and how it behaves.</param>
    /// <exception cref="EventModelException">The models contradict each other.</exception>
    /// <exception cref="InvalidOperationException">No storage was chosen, or Nagare was added before.</exception>
    public static IServiceCollection AddNagare(this IServiceCollection services, Action<NagareBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        if (services.Any(service => service.ServiceType == typeof(IJournal)))
        {
            throw new InvalidOperationException("AddNagare was called before on these services. Say everything in one call.");
        }

        var builder = new NagareBuilder(services);
        configure(builder);
        var storage = builder.Storage
            ?? throw new InvalidOperationException("AddNagare was not told where the journal is kept. Call UseSqlite, UseStorage or another provider's method in it.");
        AddJournal(services, builder, storage);
        services.AddSingleton<IHostedService, JournalStart>();
        return services;
    }

    /// <summary>
    /// Adds <see cref="INamedJournals"/>: journals that are opened by name, one for each tenant, each with everything that <see cref="AddNagare"/> gives.
    /// </summary>
    /// <example>
    /// <code>
    /// services.AddNamedJournals(nagare => nagare
    ///     .AddModel&lt;AgentOpsModel&gt;()
    ///     .UseSqliteFolder("tenants"));
    /// </code>
    /// </example>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Says which models, where the journals are kept, and how they behave.</param>
    /// <exception cref="EventModelException">The models contradict each other.</exception>
    /// <exception cref="InvalidOperationException">No storage by name was chosen, or a journal was added before.</exception>
    public static IServiceCollection AddNamedJournals(this IServiceCollection services, Action<NagareBuilder> configure) =>
        services.AddNamedJournals(configure, new NamedJournalsOptions());

    /// <summary>Adds <see cref="INamedJournals"/> with a say in how many are open, and for how long.</summary>
    /// <inheritdoc cref="AddNamedJournals(IServiceCollection, Action{NagareBuilder})"/>
    public static IServiceCollection AddNamedJournals(this IServiceCollection services, Action<NagareBuilder> configure, NamedJournalsOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (services.Any(service => service.ServiceType == typeof(INamedJournals)))
        {
            throw new InvalidOperationException("AddNamedJournals was called before on these services. Say everything in one call.");
        }

        if (services.Any(service => service.ServiceType == typeof(IJournal)))
        {
            throw new InvalidOperationException("AddNagare was called on these services, which gives them one journal. Keep that one under a name as well, or in services of its own.");
        }

        var builder = new NagareBuilder(services) { Lifetime = ServiceLifetime.Scoped };
        configure(builder);
        var storage = builder.NamedStorage
            ?? throw new InvalidOperationException("AddNamedJournals was not told where the journals are kept. Call UseSqliteFolder, UseNamedStorage or another provider's method in it.");
        services.AddScoped<ChosenJournal>();
        AddJournal(services, builder, provider => storage(provider, provider.GetRequiredService<ChosenJournal>().Name));
        services.AddSingleton<INamedJournals>(provider => new NamedJournals(
            provider.GetRequiredService<IServiceScopeFactory>(),
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILoggerFactory>()?.CreateLogger(Log.Category) ?? NullLogger.Instance));
        return services;
    }

    private static void AddJournal(IServiceCollection services, NagareBuilder builder, Func<IServiceProvider, IJournalStorage> storage)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(builder.Model.Build());
        builder.Add(provider => new OnDemandStorage(storage(provider), builder.Known?.Invoke(provider)));
        builder.Add<IJournalStorage>(provider => provider.GetRequiredService<OnDemandStorage>());
        builder.Add(provider => new Journal(provider.GetRequiredService<EventModel>(), provider.GetRequiredService<OnDemandStorage>(), builder.Options(provider)));
        builder.Add<IJournal>(provider => provider.GetRequiredService<Journal>());
        builder.Add<IEnvelopeReader>(provider => provider.GetRequiredService<Journal>().Reader);
        builder.Add(provider => new SnapshotWriter(
            provider.GetRequiredService<OnDemandStorage>(),
            new SnapshotObservers(provider.GetServices<ISnapshotObserver>(), provider.GetService<ILoggerFactory>()?.CreateLogger(Log.Category) ?? NullLogger.Instance)));
        AddQuestions(builder);
        foreach (var aggregate in builder.Model.Aggregates)
        {
            aggregate.AddTo(builder);
        }
    }

    private static void AddQuestions(NagareBuilder builder)
    {
        builder.Add<IExplanations>(provider => new Explanations(provider.GetRequiredService<EventModel>(), builder.Model.Explainers, provider));
        builder.Add<INarrator>(provider => new Narrator(provider.GetRequiredService<IJournal>(), provider.GetRequiredService<IExplanations>()));
        builder.Add<ILineage>(provider => new Lineage(provider.GetRequiredService<IEnvelopeReader>(), provider.GetRequiredService<IExplanations>()));
        builder.Add<IBisect>(provider => new Bisect(
            provider.GetRequiredService<IJournal>(),
            provider.GetRequiredService<IEnvelopeReader>(),
            provider.GetRequiredService<EventModel>(),
            provider.GetRequiredService<IExplanations>(),
            provider));
        builder.Add(provider => new JournalExport(provider.GetRequiredService<IJournalStorage>()));
        builder.Add(provider => new JournalMarks(provider.GetRequiredService<IJournalStorage>()));
        builder.Add(provider => new JournalRestore(provider.GetRequiredService<IJournalStorage>(), provider.GetRequiredService<TimeProvider>()));
    }
}
