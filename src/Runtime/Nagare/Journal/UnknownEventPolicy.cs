namespace Nagare;

/// <summary>What a read does when it meets an event whose type or schema version no registered model knows.</summary>
public enum UnknownEventPolicy
{
    /// <summary>Throws <see cref="UnknownEventException"/>, which names it, after everything before it was given.</summary>
    Fail,

    /// <summary>Leaves the event out. A fold then misses what the event said.</summary>
    Skip,
}
