namespace Nagare;

/// <summary>Marks an aggregate: lists it in the assembly's model, and writes its fold and its decisions where it is partial.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class AggregateAttribute : Attribute
{
    /// <summary>Whether events without an <c>Apply</c> method are ignored on purpose, all of them, now and later.</summary>
    public bool IgnoreRest { get; set; }

    /// <summary>
    /// How many events may lie between two snapshots of the state; 0, the default, asks for none. With snapshots a load costs what happened since the last
    /// one, and gives the same state. The whole state must then consist of what can stand in an event (NAG0016).
    /// </summary>
    public int SnapshotEvery { get; set; }

    /// <summary>
    /// The version of the fold, from 1: raise it when <c>Apply</c>, or what it calls, gives another state for the same events, so that older snapshots are passed
    /// over. Changes of the state's or the events' shapes, and upcasters that come or go, are noticed without it.
    /// </summary>
    public int SnapshotVersion { get; set; } = 1;
}

/// <summary>Says that an aggregate ignores an event on purpose.</summary>
/// <typeparam name="TEvent">The event.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class IgnoresAttribute<TEvent> : Attribute
    where TEvent : class;
