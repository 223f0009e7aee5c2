using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Nagare;

/// <summary>An aggregate as a model lists it.</summary>
internal abstract class AggregateRegistration
{
    public abstract Type AggregateType { get; }

    public abstract Type EventBase { get; }

    public abstract bool HasJson { get; }

    /// <summary>Registers its repository and its inspector. Here, where the type is known, so that nothing needs reflection.</summary>
    public abstract void AddTo(NagareBuilder builder);
}

internal sealed class AggregateRegistration<TAggregate>(JsonTypeInfo<TAggregate>? json) : AggregateRegistration
    where TAggregate : IAggregate<TAggregate>
{
    public override Type AggregateType => typeof(TAggregate);

    public override Type EventBase => TAggregate.Fold.EventBase;

    public override bool HasJson => json is not null;

    public JsonTypeInfo<TAggregate>? Json => json;

    public override void AddTo(NagareBuilder builder)
    {
        var snapshots = (SnapshotPolicy<TAggregate>?)builder.Model.SnapshotsOf(typeof(TAggregate));
        builder.Add(provider => new AggregateReader<TAggregate>(
            provider.GetRequiredService<Journal>().Reader,
            snapshots,
            provider.GetRequiredService<SnapshotWriter>()));
        builder.Add(provider => new StateHistory<TAggregate>(
            provider.GetRequiredService<Journal>().Reader,
            provider.GetRequiredService<AggregateReader<TAggregate>>(),
            json,
            // An explainer may itself ask for a repository.
            new Lazy<IExplanations>(provider.GetRequiredService<IExplanations>)));
        builder.Add<IAggregateRepository<TAggregate>>(provider => new AggregateRepository<TAggregate>(
            provider.GetRequiredService<Journal>(),
            provider.GetRequiredService<AggregateReader<TAggregate>>(),
            provider.GetRequiredService<StateHistory<TAggregate>>(),
            provider.GetService<ILoggerFactory>()?.CreateLogger(Log.Category) ?? NullLogger.Instance));
        builder.Add<AggregateInspector>(provider => new AggregateInspector<TAggregate>(
            provider.GetRequiredService<AggregateReader<TAggregate>>(),
            provider.GetRequiredService<StateHistory<TAggregate>>()));
    }
}
