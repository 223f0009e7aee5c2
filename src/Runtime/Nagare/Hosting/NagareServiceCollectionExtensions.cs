using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
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

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(builder.Model.Build());
        services.AddSingleton(provider => new OnDemandStorage(storage(provider), builder.Known?.Invoke(provider)));
        services.AddSingleton<IJournalStorage>(provider => provider.GetRequiredService<OnDemandStorage>());
        services.AddSingleton(provider => new Journal(provider.GetRequiredService<EventModel>(), provider.GetRequiredService<OnDemandStorage>(), builder.Options(provider)));
        services.AddSingleton<IJournal>(provider => provider.GetRequiredService<Journal>());
        services.AddSingleton<IEnvelopeReader>(provider => provider.GetRequiredService<Journal>().Reader);
        services.AddSingleton<IHostedService, JournalStart>();
        AddQuestions(services, builder.Model.Explainers);
        foreach (var aggregate in builder.Model.Aggregates)
        {
            aggregate.AddTo(services);
        }

        return services;
    }

    private static void AddQuestions(IServiceCollection services, IReadOnlyList<ExplainerRegistration> explainers)
    {
        services.AddSingleton<IExplanations>(provider => new Explanations(provider.GetRequiredService<EventModel>(), explainers, provider));
        services.AddSingleton<INarrator, Narrator>();
        services.AddSingleton<ILineage, Lineage>();
        services.AddSingleton<IBisect, Bisect>();
        services.AddSingleton<JournalExport>();
        services.AddSingleton<JournalRestore>();
        services.AddSingleton<JournalMarks>();
    }
}
