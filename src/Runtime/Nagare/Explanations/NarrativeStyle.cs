using System.Globalization;
using System.Text;

namespace Nagare;

/// <summary>How one event is written after another. One instance tells one narrative.</summary>
internal abstract class NarrativeStyle
{
    /// <summary>Writes an event, with its line ends.</summary>
    public abstract void Append(StringBuilder text, Envelope envelope, Explanation explanation);

    /// <summary>Who acted, as far as the explanation or the metadata say.</summary>
    protected static string? Actor(Envelope envelope, Explanation explanation) => explanation.Actor ?? envelope.Metadata.Actor;

    /// <summary>When it happened, for people: UTC to the millisecond.</summary>
    protected static string Time(Envelope envelope) => envelope.HappenedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
