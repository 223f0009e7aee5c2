namespace Nagare.Acceptance.Documentation;

/// <summary>The tables that a command puts on a page of docs/, each between its mark and the end.</summary>
internal sealed class PageTables(string page)
{
    /// <summary>The page's lines.</summary>
    public string[] Lines { get; } = File.ReadAllLines(Path.Combine(Checkout.Root, "docs", page));

    /// <summary>The rows after a mark, heads and rules included; none where it was not filled.</summary>
    public string[] Between(string mark) =>
        [.. Lines.SkipWhile(line => line != mark).Skip(1).TakeWhile(line => line != "<!-- end -->").Where(line => line.StartsWith('|'))];

    public static string[] Cells(string row) => [.. row.Trim('|').Split('|').Select(cell => cell.Trim())];
}
