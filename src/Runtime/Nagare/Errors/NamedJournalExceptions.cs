namespace Nagare;

/// <summary>A text is no name of a journal. Nothing was opened or created.</summary>
public sealed class InvalidJournalNameException(string text, string breach)
    : JournalException($"'{Printable.Shorten(text)}' is no name of a journal: {breach}. A name has lower-case ASCII letters, digits and underscores, {JournalName.MaxLength} at most; nothing was opened.")
{
    /// <summary>The text.</summary>
    public string Text { get; } = text;
}

/// <summary>As many journals as may be open at once are in use, and none was let go of in time. Nothing was opened; dispose journals when done with them, or allow more.</summary>
public sealed class NamedJournalsExhaustedException(int limit, TimeSpan waited)
    : JournalException($"{limit} journals are open, as many as may be, and all stayed in use for {waited.TotalSeconds:0.###} s. Nothing was opened; dispose each NamedJournal when done with it, or allow more by NamedJournalsOptions.MaxOpen.")
{
    /// <summary>How many may be open.</summary>
    public int Limit { get; } = limit;

    /// <summary>How long the opening waited.</summary>
    public TimeSpan Waited { get; } = waited;
}
