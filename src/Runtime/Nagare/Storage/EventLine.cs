namespace Nagare.Storage;

/// <summary>One event as a line of JSON, as an export writes it: every column, without a line break. docs/export.md describes the members.</summary>
public static class EventLine
{
    /// <summary>Writes an event. The same row always gives the same bytes.</summary>
    public static byte[] Write(in StoredEvent e)
    {
        using var lines = new ExportLines();
        lines.WriteRow(in e);
        return lines.Written.Span[..^1].ToArray();
    }

    /// <summary>Reads an event.</summary>
    /// <exception cref="FormatException">The line is no exported event: a member is missing, doubled, unknown or of another form.</exception>
    public static StoredRow Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return ExportedRow.Read(line);
        }
        catch (OverflowException number)
        {
            throw new FormatException("a number is out of range", number);
        }
    }
}
