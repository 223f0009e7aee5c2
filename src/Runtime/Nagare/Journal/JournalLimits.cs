namespace Nagare;

/// <summary>Every bound of a journal. All are checked at the call, before any database; <c>docs/limits.md</c> publishes them.</summary>
public static class JournalLimits
{
    /// <summary>Longest stream, correlation, causation, actor or subject id and longest family or type name, in bytes of UTF-8. The smallest index row among the databases holds two of them.</summary>
    public const int MaxIdBytes = 255;

    /// <summary>Largest payload of one event, in bytes. What MySQL's default packet takes in one statement.</summary>
    public const int MaxPayloadBytes = 64 * 1024 * 1024;

    /// <summary>Largest metadata (trace state, further causes, free entries) of one event, in bytes.</summary>
    public const int MaxMetadataBytes = 64 * 1024;

    /// <summary>Most events in one append, over all its streams.</summary>
    public const int MaxAppendEvents = 100_000;

    /// <summary>Most bytes of payload and metadata in one append.</summary>
    public const long MaxAppendBytes = 256L * 1024 * 1024;

    /// <summary>Most streams in one append.</summary>
    public const int MaxAppendStreams = 1_000;

    /// <summary>Deepest nesting of a payload; the bound System.Text.Json has by default, so that every reader can open what was stored.</summary>
    public const int MaxJsonDepth = 64;

    /// <summary>Most causes of one event besides its immediate parent.</summary>
    public const int MaxFurtherCauses = 256;

    /// <summary>Most free entries in an event's metadata.</summary>
    public const int MaxMetadataEntries = 64;
}
