using Nagare.Schema;

namespace Nagare.Tool;

/// <summary>Changes as a table for a pull request.</summary>
internal static class ChangeMarkdown
{
    public static void Write(TextWriter output, IReadOnlyList<(string Lock, IReadOnlyList<SchemaChange> Changes)> changed)
    {
        foreach (var (path, changes) in changed.Where(static changed => changed.Changes.Count > 0))
        {
            output.WriteLine($"### {Cell(path)}");
            output.WriteLine();
            output.WriteLine("| what | change | before | after | READ | ROLLOUT | what to do |");
            output.WriteLine("|---|---|---|---|---|---|---|");
            foreach (var change in changes)
            {
                var draft = change.IsDraft ? "draft" : null;
                output.WriteLine($"| {Cell(change.Subject)} | {Cell(change.Row.Words)} | {Code(change.Before)} | {Code(change.After)} | {draft ?? Verdict(change.Row.Read)} | {draft ?? Verdict(change.IsHistory ? Schema.Verdict.Safe : change.Row.Rollout)} | {Cell(change.Row.WayOut)} |");
            }

            output.WriteLine();
        }

        var all = changed.SelectMany(static changed => changed.Changes).ToList();
        output.WriteLine(all.Count == 0
            ? "No shape of a stored event changed."
            : $"{CommandLine.Count.Of(all.Count, "change")}: {all.Count(static change => change.BreaksRead)} by which stored events could not be read, {all.Count(static change => change.BreaksRollout)} by which code deployed today could not read new ones.");
    }

    private static string Verdict(Verdict verdict) => verdict == Schema.Verdict.Breaks ? "**breaks**" : "safe";

    private static string Code(string? line) => line is null ? "" : $"`{Cell(line).Replace('`', '\'')}`";

    private static string Cell(string text) => VisibleText.Line(text).Replace("|", "\\|", StringComparison.Ordinal);
}
