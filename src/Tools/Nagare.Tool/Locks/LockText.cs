using Nagare.CommandLine;
using Nagare.Schema;

namespace Nagare.Tool;

/// <summary>Reads the text of a lock, and says which one cannot be read.</summary>
internal static class LockText
{
    /// <param name="name">How a person knows it: its path, or its path at a revision.</param>
    /// <param name="text">What it says.</param>
    public static SchemaLock Parse(string name, string text)
    {
        try
        {
            return SchemaLock.Parse(text);
        }
        catch (SchemaFormatException e)
        {
            throw new CommandException(ExitCode.StoreUnreachable, $"{name} line {e.Line}: {e.Problem}");
        }
    }

    public static SchemaLock Read(string name, string file) => Parse(name, File.ReadAllText(file));
}
