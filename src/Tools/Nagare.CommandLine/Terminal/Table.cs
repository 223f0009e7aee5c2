using System.Globalization;
using System.Text;

namespace Nagare.CommandLine;

/// <summary>Rows under headings, each column as wide as its widest cell; on a terminal the last column ends at the edge.</summary>
internal sealed class Table(params string[] headings)
{
    private const string Gap = "  ";

    /// <summary>Less of the last column would say nothing; a narrower terminal breaks the line instead.</summary>
    private const int MinLastColumns = 10;

    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row; cells are made visible and put on one line here.</summary>
    public void Add(params string[] cells) => _rows.Add([.. cells.Select(VisibleText.Line)]);

    public void Write(CommandConsole console)
    {
        var widths = headings.Select((heading, column) => _rows.Select(row => Columns(row[column])).Append(heading.Length).Max()).ToArray();
        console.Out.WriteLine(console.Palette.Heading(Line(headings, widths, console)));
        foreach (var row in _rows)
        {
            console.Out.WriteLine(Line(row, widths, console));
        }
    }

    private static string Line(string[] cells, int[] widths, CommandConsole console)
    {
        var line = new StringBuilder();
        var used = 0;
        for (var column = 0; column < cells.Length - 1; column++)
        {
            line.Append(cells[column]).Append(' ', widths[column] - Columns(cells[column])).Append(Gap);
            used += widths[column] + Gap.Length;
        }

        return line.Append(console.IsOutputTerminal ? Shorten(cells[^1], Math.Max(MinLastColumns, console.Width - used)) : cells[^1]).ToString();
    }

    // Counts what a person counts as characters. Wide ones take two columns on most terminals, which leaves the table a little ragged, no more.
    private static int Columns(string text) => new StringInfo(text).LengthInTextElements;

    private static string Shorten(string text, int columns)
    {
        var info = new StringInfo(text);
        return info.LengthInTextElements <= columns ? text : info.SubstringByTextElements(0, columns - 1) + "…";
    }
}
