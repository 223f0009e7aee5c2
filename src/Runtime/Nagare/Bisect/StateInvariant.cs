namespace Nagare;

/// <summary>A rule over the folded state of the stream that the latest event belongs to.</summary>
internal sealed class StateInvariant<TAggregate, TEvent>(string name, string description, bool monotone, Func<TAggregate, Envelope, InvariantResult> check)
    : IBisectInvariant
    where TAggregate : IAggregate<TAggregate, TEvent>
    where TEvent : class
{
    public string Name => name;

    public string Description => description;

    public bool Monotone => monotone;

    public async ValueTask<InvariantResult> Evaluate(IInvariantContext ctx) =>
        ctx.Latest.Event is TEvent ? check(await ctx.Load<TAggregate>(ctx.StreamId).ConfigureAwait(false), ctx.Latest) : InvariantResult.Holds;

    /// <summary>Its name: results print their rule.</summary>
    public override string ToString() => name;
}
