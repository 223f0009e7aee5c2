namespace Nagare.Storage;

/// <summary>What kind of failure a server's error is.</summary>
public enum ServerFailureKind
{
    /// <summary>Anything that waits for a person: a full disk, a missing right, an unknown table.</summary>
    Unavailable,

    /// <summary>A unique key, or the guard on stored events, refused a row.</summary>
    KeyViolated,

    /// <summary>Another writer held the head for longer than the busy time-out.</summary>
    Busy,

    /// <summary>A reason of the moment that leaves open what became of the statement: a connection that broke, a server that starts or stops.</summary>
    Transient,

    /// <summary>A refusal of the moment, after which nothing of the transaction is stored: a deadlock, a serialization failure, no connection left, a server that takes no writes because it is being replaced.</summary>
    NotNow,
}

/// <summary>What a dialect says about an error of its database.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Code">The database's own code, for whoever looks it up; empty for none.</param>
/// <param name="Advice">What to do about it, a sentence without its full stop; null for none.</param>
public readonly record struct ServerFailure(ServerFailureKind Kind, string Code, string? Advice);
