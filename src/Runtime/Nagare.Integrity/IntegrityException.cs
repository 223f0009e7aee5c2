namespace Nagare;

/// <summary>A journal cannot be proven to be what is claimed: what was asked, what was found and what to do.</summary>
public sealed class IntegrityException : JournalException
{
    /// <summary>Says what happened.</summary>
    public IntegrityException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
