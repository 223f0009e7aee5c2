namespace Nagare.CommandLine;

/// <summary>The answer to <c>why</c> for people: the event, what led to it oldest first, what was known, what changed.</summary>
internal static class WhyText
{
    private const string Indent = "  ";

    public static void Write(CommandConsole console, LineageGraph causes, List<(StateDescription State, StateDiff Diff)> known)
    {
        var output = console.Out;
        var (envelope, explanation) = (causes.Start.Envelope, causes.Start.Explanation);
        var actor = explanation.Actor ?? envelope.Metadata.Actor;
        output.WriteLine(console.Palette.Faint(VisibleText.Line($"{envelope.StreamId} v{envelope.Version}, {Instant.Short(envelope.HappenedAt)}{(actor is null ? "" : $", by {actor}")}")));
        output.WriteLine(console.Palette.Heading(VisibleText.Line(explanation.Title)));
        WriteBlock(output, explanation.Summary);
        WriteBlock(output, explanation.Detail ?? "");

        output.WriteLine();
        WriteCauses(console, causes);
        foreach (var (state, diff) in known)
        {
            output.WriteLine();
            output.WriteLine(console.Palette.Heading(VisibleText.Line($"What was known before ({state.Aggregate} at version {state.Version})")));
            WriteBlock(output, state.ToIndentedJson());
            output.WriteLine();
            output.WriteLine(console.Palette.Heading(diff.Changes is [] ? "It changed nothing in it" : "What it changed in it"));
            foreach (var change in diff.Changes)
            {
                output.WriteLine(VisibleText.Line($"{Indent}{change}"));
            }
        }
    }

    private static void WriteCauses(CommandConsole console, LineageGraph causes)
    {
        var nodes = causes.Nodes.Where(node => node != causes.Start).ToList();
        if (nodes is [] && causes.Missing is [])
        {
            console.Out.WriteLine(console.Palette.Heading("Nothing led to it: it stands at the beginning"));
            return;
        }

        console.Out.WriteLine(console.Palette.Heading($"What led to it, oldest first"));
        var names = causes.Nodes.ToDictionary(node => node.Envelope.EventId, node => Name(node.Envelope, causes.Start.Envelope.StreamId));
        var causesOf = causes.Edges.ToLookup(edge => edge.Effect, edge => names[edge.Cause]);
        var missingOf = causes.Missing.ToLookup(missing => missing.Effect, missing => missing.IsOutside ? $"{missing.Cause}, from outside" : $"{missing.Cause}, which this journal does not hold");
        foreach (var node in nodes.Append(causes.Start))
        {
            var id = node.Envelope.EventId;
            var reasons = causesOf[id].Concat(missingOf[id]).ToList();
            var because = reasons is [] ? "" : $"  (from {string.Join(" and ", reasons)})";
            console.Out.WriteLine(VisibleText.Line($"{Indent}{names[id]}  {node.Explanation}{because}"));
        }

        if (causes.IsTruncated)
        {
            console.Out.WriteLine($"{Indent}… and more: the walk stopped at {Count.Of(causes.Nodes.Count, "event")}");
        }
    }

    private static string Name(Envelope envelope, StreamId here) => envelope.StreamId == here ? $"v{envelope.Version}" : $"{envelope.StreamId} v{envelope.Version}";

    private static void WriteBlock(TextWriter output, string text)
    {
        if (text.Length > 0)
        {
            output.WriteLine(Indent + VisibleText.Block(text).Replace("\n", "\n" + Indent, StringComparison.Ordinal));
        }
    }
}
