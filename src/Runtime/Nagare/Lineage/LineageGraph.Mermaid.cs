using System.Globalization;
using System.Text;

namespace Nagare;

public sealed partial class LineageGraph
{
    /// <summary>
    /// The walk as a Mermaid flowchart: arrows from causes to effects, dotted ones for causes besides the parent; the start has a thick
    /// border. Whatever the events say is text in it, never syntax. Lines end in a line feed.
    /// </summary>
    /// <remarks>Mermaid itself refuses to draw more than 500 arrows or 50,000 characters unless its settings allow it.</remarks>
    public string ToMermaid()
    {
        var numbers = Numbers();
        var outside = MissingNumbers();
        var chart = new StringBuilder("flowchart TD\n");
        foreach (var node in Nodes)
        {
            chart.Append("    e").Append(numbers[node.Envelope.EventId]).Append("[\"").Append(MermaidText(Label(node.Explanation.Title)))
                .Append("<br/>").Append(MermaidText(Label(Place(node)))).Append("\"]\n");
        }

        foreach (var missing in Missing.DistinctBy(missing => missing.Cause))
        {
            chart.Append("    m").Append(outside[missing.Cause]).Append("([\"").Append(MermaidText(Label(missing))).Append("\"])\n");
        }

        foreach (var edge in Edges)
        {
            chart.Append("    e").Append(numbers[edge.Cause]).Append(edge.IsParent ? " --> e" : " -.-> e").Append(numbers[edge.Effect]).Append('\n');
        }

        foreach (var missing in Missing)
        {
            chart.Append("    m").Append(outside[missing.Cause]).Append(" -.-> e").Append(numbers[missing.Effect]).Append('\n');
        }

        return chart.Append("    style e").Append(numbers[Start.Envelope.EventId]).Append(" stroke-width:3px\n").ToString();
    }

    // Only letters, digits and a few marks stand for themselves; everything else goes as its code, which Mermaid turns back into text
    // after it has parsed the chart. So a title cannot end its label, add an arrow, or bring a link, HTML or Markdown.
    private static string MermaidText(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or ',' or ':' or '/')
            {
                escaped.Append(rune.ToString());
            }
            else
            {
                escaped.Append('#').Append(rune.Value.ToString(CultureInfo.InvariantCulture)).Append(';');
            }
        }

        return escaped.ToString();
    }
}
