namespace Nagare;

/// <summary>Everything Nagare throws of its own accord. Each kind says what was asked, what was found and what to do.</summary>
public abstract class NagareException : Exception
{
    private protected NagareException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
