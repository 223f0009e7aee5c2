namespace Nagare.CommandLine;

/// <summary>The answer to <c>why</c> for people: what the event says, what led to it, what was known, what changed.</summary>
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
        output.Write(causes.ToProse());
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

    private static void WriteBlock(TextWriter output, string text)
    {
        if (text.Length > 0)
        {
            output.WriteLine(Indent + VisibleText.Block(text).Replace("\n", "\n" + Indent, StringComparison.Ordinal));
        }
    }
}
