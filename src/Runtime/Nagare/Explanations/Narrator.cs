using System.Text;

namespace Nagare;

/// <summary>Writes narratives: each event explained, each explanation in the style of the format.</summary>
internal sealed class Narrator(IJournal journal, IExplanations explanations) : INarrator
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public ValueTask<long> Write(JournalScope scope, TextWriter output, NarrativeFormat format, CancellationToken cancellationToken = default) =>
        Write(journal.Read(scope, cancellationToken), output, format, cancellationToken);

    public async ValueTask<long> Write(JournalScope scope, Stream output, NarrativeFormat format, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        var writer = new StreamWriter(output, Utf8, leaveOpen: true);
        await using (writer.ConfigureAwait(false))
        {
            return await Write(journal.Read(scope, cancellationToken), writer, format, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<long> Write(IAsyncEnumerable<Envelope> events, TextWriter output, NarrativeFormat format, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(output);
        NarrativeStyle style = format switch
        {
            NarrativeFormat.Text => new TextStyle(),
            NarrativeFormat.Markdown => new MarkdownStyle(),
            NarrativeFormat.JsonLines => new JsonLinesStyle(),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No such format."),
        };

        var count = 0L;
        var text = new StringBuilder();
        await foreach (var envelope in events.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            style.Append(text, envelope, explanations.Explain(envelope));

            // Not cancelled in the middle: half a line of JSON is worse than one event more.
            await output.WriteAsync(text, CancellationToken.None).ConfigureAwait(false);
            text.Clear();
            count++;
        }

        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        return count;
    }
}
