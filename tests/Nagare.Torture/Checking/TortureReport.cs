using System.Globalization;

namespace Nagare.Torture;

/// <summary>What a run found.</summary>
public sealed class TortureReport
{
    private readonly SortedDictionary<string, int> _struck = new(StringComparer.Ordinal);

    /// <summary>Everything that struck, survived or not.</summary>
    public int Cycles => _struck.Values.Sum();

    /// <summary>What struck, and how often: "writing processes killed", 20.</summary>
    public IReadOnlyDictionary<string, int> Struck => _struck;

    /// <summary>Appends that were answered with a result before a kill.</summary>
    public int Acknowledged { get; internal set; }

    /// <summary>Appends that were refused or withdrawn.</summary>
    public int Refused { get; internal set; }

    /// <summary>Appends whose callers were never told.</summary>
    public int Unknown { get; internal set; }

    /// <summary>Those of them that turned out to be stored.</summary>
    public int UnknownButStored { get; internal set; }

    /// <summary>Acknowledged appends that are not stored, or not whole.</summary>
    public int Lost { get; internal set; }

    /// <summary>Appends that are stored twice, or again when they were asked for again.</summary>
    public int Doubled { get; internal set; }

    /// <summary>Every other broken promise, in words.</summary>
    public IList<string> Breaches { get; } = [];

    /// <summary>Whether every promise was kept.</summary>
    public bool IsClean => Lost == 0 && Doubled == 0 && Breaches.Count == 0;

    /// <summary>Something struck.</summary>
    internal void Strike(string what, int times = 1)
    {
        if (times > 0)
        {
            _struck[what] = _struck.GetValueOrDefault(what) + times;
        }
    }

    /// <summary>The counts in one line, and what was broken below.</summary>
    public override string ToString()
    {
        var counts = string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join(", ", _struck.Select(struck => $"{struck.Value} {struck.Key}"))}: {Acknowledged} acknowledged, {Refused} refused, {Unknown} unknown ({UnknownButStored} of them stored), {Lost} lost, {Doubled} doubled, {Breaches.Count} other breaches");
        // Zero failures in n cycles bound the failure rate below 3/n.
        return IsClean
            ? string.Create(CultureInfo.InvariantCulture, $"{counts}; failure rate below {300.0 / Cycles:0.##} % (95 %)")
            : string.Join('\n', [counts, .. Breaches.Take(20).Select(breach => "  " + breach)]);
    }
}
