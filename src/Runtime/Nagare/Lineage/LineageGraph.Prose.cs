using System.Text;

namespace Nagare;

public sealed partial class LineageGraph
{
    /// <summary>
    /// The walk as text: its events in the order in which they were stored, each with what it was caused by, then what is missing.
    /// Control and bidirectional characters are made visible (<see cref="VisibleText"/>); lines end in a line feed.
    /// </summary>
    public string ToProse()
    {
        var numbers = Numbers();
        var causes = Edges.ToLookup(edge => edge.Effect, edge => numbers[edge.Cause]);
        var missing = Missing.ToLookup(cause => cause.Effect);
        var prose = new StringBuilder();
        AppendOpening(prose);
        foreach (var node in Nodes)
        {
            var id = node.Envelope.EventId;
            prose.Append('\n').Append(numbers[id]).Append(". ").Append(VisibleText.Line(node.Explanation.ToString())).Append('\n');
            prose.Append("   ").Append(Place(node)).Append(", ").Append(Time(node));
            if (Actor(node) is { Length: > 0 } actor)
            {
                prose.Append(", by ").Append(VisibleText.Line(actor));
            }

            AppendCauses(prose, [.. causes[id]], [.. missing[id]]);
            prose.Append('\n');
        }

        if (IsTruncated)
        {
            prose.Append("\nA bound stopped the walk here: there is more.\n");
        }

        return prose.ToString();
    }

    private void AppendOpening(StringBuilder prose)
    {
        var what = $"{VisibleText.Line(Start.Explanation.Title)} ({Place(Start)})";
        var streams = Nodes.Select(node => node.Envelope.StreamId).Distinct().Count();
        prose.Append(Direction == LineageDirection.Causes ? $"What led to {what}: " : $"What followed from {what}: ");
        prose.Append(Count(Nodes.Count - 1, Direction == LineageDirection.Causes ? "cause" : "effect"));
        prose.Append(streams == 1 ? " in one stream" : $" across {streams} streams").Append(".\n");
    }

    private static void AppendCauses(StringBuilder prose, IReadOnlyList<int> causes, IReadOnlyList<MissingCause> missing)
    {
        if (causes.Count > 0)
        {
            prose.Append(", caused by ").Append(Listed(causes));
        }

        foreach (var cause in missing)
        {
            var id = VisibleText.Line(cause.Cause.ToString());
            prose.Append(cause.IsOutside ? $"\n   caused from outside this journal by {id}" : $"\n   caused by the event {id}, which this journal does not hold");
        }
    }

    private static string Count(int count, string what) => count switch
    {
        0 => $"no {what}s",
        1 => $"1 {what}",
        _ => $"{count} {what}s",
    };

    // "3", "3 and 4", "3, 4 and 7".
    private static string Listed(IReadOnlyList<int> numbers) =>
        numbers.Count == 1 ? $"{numbers[0]}" : $"{string.Join(", ", numbers.Take(numbers.Count - 1))} and {numbers[^1]}";
}
