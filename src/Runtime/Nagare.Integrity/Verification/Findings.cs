namespace Nagare;

/// <summary>Collects findings, bounded.</summary>
internal sealed class Findings
{
    private readonly List<IntegrityFinding> _list = [];

    public long Omitted { get; private set; }

    public int Count => _list.Count;

    public void Add(long first, long last, FindingKind kind, string what)
    {
        // What is missing is often a stretch, up to all of a journal's end.
        if (kind == FindingKind.EventMissing && _list is [.., { Kind: FindingKind.EventMissing } before] && before.LastPosition.Value == first - 1 && before.What == what)
        {
            _list[^1] = before with { LastPosition = last };
        }
        else if (_list.Count < IntegrityReport.MaxFindings)
        {
            _list.Add(new IntegrityFinding(Math.Max(first, 0), Math.Max(last, 0), kind, what));
        }
        else
        {
            Omitted++;
        }
    }

    public void Add(long position, FindingKind kind, string what) => Add(position, position, kind, what);

    public IReadOnlyList<IntegrityFinding> InOrder() => [.. _list.OrderBy(finding => finding.Position).ThenBy(finding => finding.LastPosition)];
}
