using Nagare.Storage;

namespace Nagare;

/// <summary>Counts, while events of one segment go by, how many each key has.</summary>
internal sealed class KeyCounter
{
    private readonly Dictionary<JournalKey, int> _counts = [];

    public void Add(in StoredEvent e) => Add(e.StreamId, e.CorrelationId, e.Subject);

    public void Add(string stream, string? correlation, string? subject)
    {
        Count(new JournalKey(JournalKeyKind.Stream, stream));
        if (correlation is not null)
        {
            Count(new JournalKey(JournalKeyKind.Correlation, correlation));
        }

        if (subject is not null)
        {
            Count(new JournalKey(JournalKeyKind.Subject, subject));
        }
    }

    /// <summary>The counts as a segment, and nothing counted any more.</summary>
    public KeySegment Take()
    {
        var segment = KeySegment.From(_counts);
        _counts.Clear();
        return segment;
    }

    private void Count(JournalKey key) => _counts[key] = _counts.GetValueOrDefault(key) + 1;
}
