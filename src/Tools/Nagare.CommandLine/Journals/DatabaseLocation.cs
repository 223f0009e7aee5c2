using Microsoft.Data.Sqlite;

namespace Nagare.CommandLine;

/// <summary>Where the journal is: a SQLite file, named by its path or within a connection string.</summary>
/// <param name="Path">The file.</param>
/// <param name="ConnectionString">What the provider opens.</param>
internal sealed record DatabaseLocation(string Path, string ConnectionString)
{
    private const string Variable = "NAGARE_SQLITE";

    /// <summary>The option, else the environment, else the application's default.</summary>
    /// <exception cref="CommandException">The text is no connection string, though it looks like one.</exception>
    public static DatabaseLocation Choose(string? option, VerbHost host)
    {
        var text = option ?? (host.Console.Variable(Variable) is { Length: > 0 } named ? named : host.Options.DefaultDatabase);
        if (text.Length == 0)
        {
            throw new CommandException(ExitCode.Usage, "--db needs the path of a SQLite file");
        }

        return text.Contains('=') && !File.Exists(text) ? FromConnectionString(text) : new(text, new SqliteConnectionStringBuilder { DataSource = text }.ConnectionString);
    }

    private static DatabaseLocation FromConnectionString(string text)
    {
        try
        {
            return new(new SqliteConnectionStringBuilder(text).DataSource, text);
        }
        catch (ArgumentException e)
        {
            throw new CommandException(ExitCode.Usage, $"'{text}' is neither a file nor a connection string of SQLite: {e.Message}");
        }
    }
}
