using System.Text.Json.Serialization.Metadata;

namespace Nagare;

/// <summary>An aggregate as a model lists it.</summary>
internal abstract class AggregateRegistration
{
    public abstract Type AggregateType { get; }

    public abstract Type EventBase { get; }

    public abstract bool HasJson { get; }
}

internal sealed class AggregateRegistration<TAggregate>(JsonTypeInfo<TAggregate>? json) : AggregateRegistration
    where TAggregate : IAggregate<TAggregate>
{
    public override Type AggregateType => typeof(TAggregate);

    public override Type EventBase => TAggregate.Fold.EventBase;

    public override bool HasJson => json is not null;

    public JsonTypeInfo<TAggregate>? Json => json;
}
