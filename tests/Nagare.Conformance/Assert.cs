namespace Nagare;

/// <summary>What the providers' fixtures say to their test framework where a server is not there. Here nobody comes so far: an absent database is skipped before.</summary>
internal static class Assert
{
    public static void SkipWhen(bool condition, string reason)
    {
        if (condition)
        {
            throw new InvalidOperationException(reason);
        }
    }
}
