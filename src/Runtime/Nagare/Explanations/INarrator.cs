namespace Nagare;

/// <summary>Tells what happened: events in prose, through their explanations.</summary>
public interface INarrator
{
    /// <summary>Writes the events of a scope, oldest first, and flushes. Returns how many there were.</summary>
    /// <inheritdoc cref="Write(IAsyncEnumerable{Envelope}, TextWriter, NarrativeFormat, CancellationToken)"/>
    ValueTask<long> Write(JournalScope scope, TextWriter output, NarrativeFormat format, CancellationToken cancellationToken = default);

    /// <summary>Writes the events of a scope, oldest first, as UTF-8 without a byte order mark, and flushes; the stream stays open. Returns how many there were.</summary>
    /// <inheritdoc cref="Write(IAsyncEnumerable{Envelope}, TextWriter, NarrativeFormat, CancellationToken)"/>
    ValueTask<long> Write(JournalScope scope, Stream output, NarrativeFormat format, CancellationToken cancellationToken = default);

    /// <summary>Writes events as they come, one at a time, and flushes. Returns how many there were.</summary>
    /// <remarks>Lines end in a line feed on every machine. Cancelled, it leaves whole events behind.</remarks>
    ValueTask<long> Write(IAsyncEnumerable<Envelope> events, TextWriter output, NarrativeFormat format, CancellationToken cancellationToken = default);
}

/// <summary>How a narrative is written.</summary>
public enum NarrativeFormat
{
    /// <summary>Plain text for a terminal or a mail; characters that act on a terminal or reorder text are made visible.</summary>
    Text,

    /// <summary>Markdown; besides, whatever the events say cannot become markup.</summary>
    Markdown,

    /// <summary>One JSON object a line, members always present and in one order.</summary>
    JsonLines,
}
