namespace Nagare;

/// <summary>Everything marked in one assembly. Implemented by the generator on the class marked <see cref="EventModelAttribute"/>.</summary>
public interface IEventModel
{
    /// <summary>Lists families, aggregates, explainers, invariants and command names.</summary>
    static abstract void Register(EventModelBuilder model);
}
