namespace Nagare.Storage;

/// <summary>
/// Carries what a caller's code threw, or what became of its rows at the commit, past all that is done about the database's own failures: the caller
/// hears <see cref="Exception.InnerException"/> as it is, nothing is tried again, and nothing was stored. Callers of a journal never meet it.
/// </summary>
public sealed class ParticipantException(Exception inner) : Exception(Checked(inner).Message, inner)
{
    private static Exception Checked(Exception inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return inner;
    }
}
