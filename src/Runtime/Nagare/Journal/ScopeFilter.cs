using Nagare.Storage;

namespace Nagare;

/// <summary>What a reader does with an event that its path gave it.</summary>
internal enum Verdict
{
    Take,
    Skip,

    /// <summary>Skip, and no later one can be meant either.</summary>
    Stop,
}

/// <summary>A scope as a test of single events: whatever the chosen path does not answer.</summary>
internal sealed class ScopeFilter
{
    private readonly JournalScope _scope;
    private readonly string? _stream;
    private readonly long _from;
    private readonly long _to;
    private readonly bool _isByPosition;
    private readonly bool _isBackwards;

    public ScopeFilter(JournalScope scope, StoredPath path, ReadDirection direction)
    {
        _scope = scope;
        _stream = scope.Stream?.Checked();
        (_from, _to) = (ScopePath.FirstMicrosecond(scope), ScopePath.EndMicrosecond(scope));
        _isByPosition = path != StoredPath.Occurred;
        _isBackwards = direction == ReadDirection.Backwards;
    }

    /// <summary>Lets everything through.</summary>
    public static ScopeFilter None { get; } = new(JournalScope.Everything, StoredPath.Journal, ReadDirection.Forwards);

    public Verdict Judge(in StoredEvent e)
    {
        if (IsBeyond(in e))
        {
            return Verdict.Stop;
        }

        return IsMeant(in e) ? Verdict.Take : Verdict.Skip;
    }

    // Positions and recorded times rise together on every path but that of occurred time.
    private bool IsBeyond(in StoredEvent e) => _isByPosition && (_isBackwards
        ? e.Position <= _scope.After.Value || (_scope.Time == TimeBasis.Recorded && e.RecordedAt < _from)
        : e.Position > _scope.Until?.Value || (_scope.Time == TimeBasis.Recorded && e.RecordedAt >= _to));

    private bool IsMeant(in StoredEvent e) =>
        e.Position > _scope.After.Value
        && !(e.Position > _scope.Until?.Value)
        && (_stream is null || e.StreamId == _stream)
        && (_scope.Category is null || IsOfCategory(e.StreamId, _scope.Category))
        && (_scope.CorrelationId is null || e.CorrelationId == _scope.CorrelationId)
        && (_scope.Subject is null || e.Subject == _scope.Subject)
        && IsInTime(in e);

    private bool IsInTime(in StoredEvent e) => _scope.Time == TimeBasis.Recorded
        ? e.RecordedAt >= _from && e.RecordedAt < _to
        : (_scope.From is null && _scope.To is null) || (e.OccurredAt is { } occurredAt && occurredAt >= _from && occurredAt < _to);

    private static bool IsOfCategory(string stream, string category) =>
        stream.Length > category.Length && stream[category.Length] == '/' && stream.StartsWith(category, StringComparison.Ordinal);
}
