using System.Globalization;
using System.Text;

namespace Nagare;

public sealed partial class LineageGraph
{
    /// <summary>Most characters of a title in a drawing.</summary>
    private const int MaxLabelCharacters = 120;

    // Events are numbered from 1 in order of position, in every rendering alike.
    private Dictionary<Guid, int> Numbers() => Nodes.Select((node, index) => (node.Envelope.EventId, Number: index + 1)).ToDictionary(e => e.EventId, e => e.Number);

    private static string Place(LineageNode node) => $"{VisibleText.Line(node.Envelope.StreamId.ToString())} v{node.Envelope.Version}";

    private static string Time(LineageNode node) => node.Envelope.HappenedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string? Actor(LineageNode node) => node.Explanation.Actor ?? node.Envelope.Metadata.Actor;

    private static string Label(string text)
    {
        var label = new StringBuilder();
        foreach (var rune in VisibleText.Line(text).EnumerateRunes())
        {
            if (label.Length >= MaxLabelCharacters)
            {
                return label.Append('…').ToString();
            }

            label.Append(rune.ToString());
        }

        return label.ToString();
    }

    private static string Label(MissingCause missing) => Label(missing.IsOutside ? $"from outside: {missing.Cause}" : $"not in this journal: {missing.Cause}");

    // One drawn node for each cause that is missing, however many events name it.
    private Dictionary<CausationId, int> MissingNumbers() =>
        Missing.Select(missing => missing.Cause).Distinct().Select((cause, index) => (cause, Number: index + 1)).ToDictionary(e => e.cause, e => e.Number);
}
