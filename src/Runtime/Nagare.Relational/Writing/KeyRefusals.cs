namespace Nagare.Storage;

/// <summary>What a caller is told where a unique key refused its append.</summary>
internal static class KeyRefusals
{
    // Under the head's lock only an id that overlaps another append's ids comes as far as a key.
    public static JournalException Of(PreparedAppend append, KeyViolationException violation) => append.IsIdGiven
        ? new AppendIdReusedException(append.AppendId, "one of its event ids belongs to another append")
        : new JournalUnavailableException($"A unique key refused what the journal's head allowed: {violation.Message}. Nothing was stored; the head and the events disagree.", violation);
}
