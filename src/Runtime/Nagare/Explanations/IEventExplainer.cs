namespace Nagare;

/// <summary>Explains the events of one family. At most one is registered per family.</summary>
/// <typeparam name="TEvent">The base record of the family.</typeparam>
public interface IEventExplainer<TEvent>
    where TEvent : class
{
    /// <summary>The event in plain words.</summary>
    Explanation Explain(TEvent e);

    /// <summary>The event in plain words, given what else the journal knows about it.</summary>
    Explanation Explain(TEvent e, Envelope at) => Explain(e);
}

/// <summary>
/// Marks the explainer of a family. On a partial class the generator dispatches to its private <c>Explain</c> methods, to the
/// <see cref="ExplainAttribute"/> of events without one, and to a stub made from the event's members for the rest; a class with a
/// hand-written switch is only registered.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ExplainerAttribute : Attribute;

/// <summary>Explains any event: by its family's explainer, else by its own <see cref="ExplainAttribute"/>, else by its name and members.</summary>
public interface IExplanations
{
    /// <summary>The event in plain words. Formatting inside is culture-invariant.</summary>
    Explanation Explain(Envelope envelope);
}
