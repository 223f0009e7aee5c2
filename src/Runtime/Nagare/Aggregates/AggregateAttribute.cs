namespace Nagare;

/// <summary>Marks an aggregate: lists it in the assembly's model, and writes its fold and its decisions where it is partial.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class AggregateAttribute : Attribute
{
    /// <summary>Whether events without an <c>Apply</c> method are ignored on purpose, all of them, now and later.</summary>
    public bool IgnoreRest { get; set; }

    /// <summary>
    /// How many events may lie between two snapshots of the state; 0, the default, asks for none. Loading always folds the whole stream
    /// in this version, which gives the same result. A state that asks for snapshots should consist of types the codec knows: of any
    /// other, a snapshot could keep no more than the name.
    /// </summary>
    public int SnapshotEvery { get; set; }
}

/// <summary>Says that an aggregate ignores an event on purpose.</summary>
/// <typeparam name="TEvent">The event.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class IgnoresAttribute<TEvent> : Attribute
    where TEvent : class;
