namespace Nagare;

/// <summary>A rule as the model lists it: a handle to ask questions with.</summary>
public sealed class InvariantRule
{
    private readonly Func<IServiceProvider, IBisectInvariant> _create;

    private InvariantRule(Func<IServiceProvider, IBisectInvariant> create) => _create = create;

    /// <summary>A rule in its general form.</summary>
    /// <param name="create">Makes it, with anything injected.</param>
    public static InvariantRule Of(Func<IServiceProvider, IBisectInvariant> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return new(create);
    }

    /// <summary>A rule over folded state, asked after each event of a stream that the aggregate folds.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What must hold.</param>
    /// <param name="monotone">Whether once broken in a stream it is declared to stay broken.</param>
    /// <param name="check">The rule.</param>
    public static InvariantRule OverState<TAggregate, TEvent>(string name, string description, bool monotone, Func<TAggregate, Envelope, InvariantResult> check)
        where TAggregate : IAggregate<TAggregate, TEvent>
        where TEvent : class
    {
        var rule = new StateInvariant<TAggregate, TEvent>(name, description, monotone, check);
        return new(_ => rule);
    }

    /// <summary>A rule over single events: one type of event, or a whole family where <typeparamref name="TEvent"/> is its base.</summary>
    /// <inheritdoc cref="OverState{TAggregate, TEvent}"/>
    public static InvariantRule OverEvent<TEvent>(string name, string description, bool monotone, Func<TEvent, Envelope, InvariantResult> check)
        where TEvent : class
    {
        var rule = new EventInvariant<TEvent>(name, description, monotone, check);
        return new(_ => rule);
    }

    /// <summary>The rule itself.</summary>
    public IBisectInvariant Resolve(IServiceProvider services) => _create(services);
}
