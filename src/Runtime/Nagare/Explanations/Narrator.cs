namespace Nagare;

/// <summary>Writes narratives.</summary>
internal sealed class Narrator(IJournal journal, IExplanations explanations) : INarrator
{
    public ValueTask<long> Write(JournalScope scope, TextWriter output, NarrativeFormat format, CancellationToken cancellationToken = default) =>
        Write(journal.Read(scope, cancellationToken), output, format, cancellationToken);

    public ValueTask<long> Write(JournalScope scope, Stream output, NarrativeFormat format, CancellationToken cancellationToken = default) => throw new NotSupportedException($"{explanations}");

    public ValueTask<long> Write(IAsyncEnumerable<Envelope> events, TextWriter output, NarrativeFormat format, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
