namespace Nagare;

/// <summary>A family's explainer as a model lists it.</summary>
internal abstract class ExplainerRegistration
{
    public abstract Type EventBase { get; }

    /// <summary>Makes the explainer and gives it a shape that takes any envelope.</summary>
    public abstract Func<Envelope, Explanation> Create(IServiceProvider services);
}

internal sealed class ExplainerRegistration<TEvent>(Func<IServiceProvider, IEventExplainer<TEvent>> create) : ExplainerRegistration
    where TEvent : class
{
    public override Type EventBase => typeof(TEvent);

    public override Func<Envelope, Explanation> Create(IServiceProvider services)
    {
        var explainer = create(services);
        return envelope => explainer.Explain((TEvent)envelope.Event, envelope);
    }
}
