using System.Text;

namespace Nagare;

public sealed partial class LineageGraph
{
    /// <summary>
    /// The walk as a graph for Graphviz: arrows from causes to effects, dashed ones for causes besides the parent; the start has a bold
    /// border. Whatever the events say is text in it, never syntax. Lines end in a line feed.
    /// </summary>
    public string ToDot()
    {
        var numbers = Numbers();
        var outside = MissingNumbers();
        var graph = new StringBuilder("digraph lineage {\n    charset=\"UTF-8\";\n    node [shape=box];\n");
        foreach (var node in Nodes)
        {
            graph.Append("    e").Append(numbers[node.Envelope.EventId]).Append(" [label=\"").Append(DotText(Label(node.Explanation.Title)))
                .Append("\\n").Append(DotText(Label(Place(node)))).Append(node == Start ? "\", style=bold];\n" : "\"];\n");
        }

        foreach (var missing in Missing.DistinctBy(missing => missing.Cause))
        {
            graph.Append("    m").Append(outside[missing.Cause]).Append(" [label=\"").Append(DotText(Label(missing))).Append("\", shape=oval, style=dashed];\n");
        }

        foreach (var edge in Edges)
        {
            graph.Append("    e").Append(numbers[edge.Cause]).Append(" -> e").Append(numbers[edge.Effect]).Append(edge.IsParent ? ";\n" : " [style=dashed];\n");
        }

        foreach (var missing in Missing)
        {
            graph.Append("    m").Append(outside[missing.Cause]).Append(" -> e").Append(numbers[missing.Effect]).Append(" [style=dashed];\n");
        }

        return graph.Append("}\n").ToString();
    }

    // In a quoted label Graphviz obeys the backslash (also \N and its like), ends at the quote, and reads HTML's entities.
    private static string DotText(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("&", "&amp;", StringComparison.Ordinal);
}
