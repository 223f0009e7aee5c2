namespace Nagare;

/// <summary>A rule over single events.</summary>
internal sealed class EventInvariant<TEvent>(string name, string description, bool monotone, Func<TEvent, Envelope, InvariantResult> check)
    : IBisectInvariant, IEventSelective
    where TEvent : class
{
    public string Name => name;

    public string Description => description;

    public bool Monotone => monotone;

    public bool IsAbout(object e) => e is TEvent;

    public ValueTask<InvariantResult> Evaluate(IInvariantContext ctx) =>
        new(ctx.Latest.Event is TEvent e ? check(e, ctx.Latest) : InvariantResult.Holds);

    /// <summary>Its name: results print their rule.</summary>
    public override string ToString() => name;
}
