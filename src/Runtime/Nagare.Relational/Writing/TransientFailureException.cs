namespace Nagare.Storage;

/// <summary>
/// The database ended a transaction, or its connection, for a reason of the moment: a deadlock, a serialization failure, a restart. The
/// same again may succeed. A provider's sessions throw it; callers of a journal never meet it.
/// </summary>
public sealed class TransientFailureException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the database answered that it stored nothing, so that nobody has to ask what became of a commit.</summary>
    public bool IsRefusal { get; init; }
}
