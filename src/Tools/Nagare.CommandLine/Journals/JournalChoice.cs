// The one place where a word at a prompt becomes a journal, for every verb of every host. A provider joins by standing in
// CommandLineOptions.Databases; what it understands after the colon is its own affair.
using Nagare.Storage;

namespace Nagare.CommandLine;

/// <summary>Which journal a user means.</summary>
/// <param name="Name">What to call it in what a verb prints: never with a password.</param>
/// <param name="Provider">The kind of database.</param>
/// <param name="Location">Where it is.</param>
internal sealed record JournalChoice(string Name, JournalProvider Provider, JournalLocation Location)
{
    /// <summary>The option, else the one variable that is set, else the application's default. The database itself is named.</summary>
    /// <exception cref="CommandException">Nothing names it, or several variables do, or the text is not understood.</exception>
    public static JournalChoice OfDatabase(string? option, VerbHost host)
    {
        var choice = Of(option, host);
        return choice.Location.NamesDatabase
            ? choice
            : throw new CommandException(ExitCode.Usage, $"--db names no server: write {Usual(choice.Provider)}:{choice.Provider.Example}, or set {Variable(Usual(choice.Provider))}");
    }

    /// <summary>The same, but the server need not be named: for what is known without it.</summary>
    public static JournalChoice Of(string? option, VerbHost host)
    {
        if (option is not null)
        {
            return option.Length > 0 ? Read(option, host) : throw new CommandException(ExitCode.Usage, $"--db needs {What(host)}");
        }

        var set = host.Options.Databases.SelectMany(provider => provider.Schemes).Where(scheme => Value(host, scheme) is not null).ToList();
        return set switch
        {
            [var scheme] => Read(Find(scheme, host)!, scheme, "", host),
            [] when host.Options.DefaultDatabase.Length > 0 => Read(host.Options.DefaultDatabase, host),
            [] => throw new CommandException(ExitCode.Usage, $"no journal is named: --db needs {What(host)}"),
            _ => throw new CommandException(ExitCode.Usage, $"{string.Join(" and ", set.Select(Variable))} each name a journal; say which is meant, such as --db {set[0]}:"),
        };
    }

    /// <summary>What <c>--db</c> takes, for help and errors.</summary>
    public static string What(VerbHost host) => host.Options.Databases switch
    {
        [SqliteProvider] => "the path of a SQLite file",
        var providers => string.Join(" or ", providers.Select(provider => $"{Usual(provider)}:{provider.Example}")),
    };

    /// <summary>The variables that name a journal where <c>--db</c> does not.</summary>
    public static IEnumerable<string> Variables(VerbHost host) => host.Options.Databases.Select(provider => Variable(Usual(provider)));

    private static JournalChoice Read(string text, VerbHost host)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var scheme = colon > 0 ? text[..colon] : "";
        if (Find(scheme, host) is { } provider)
        {
            return Read(provider, scheme, text[(colon + 1)..], host);
        }

        // One letter is a drive; a connection string has an equals sign before its first colon; and a file may have any name.
        return scheme.Length > 1 && scheme.All(char.IsAsciiLetterLower) && !File.Exists(text)
            ? throw new CommandException(ExitCode.Usage, $"there is no kind of database '{scheme}'; there are {string.Join(", ", host.Options.Databases.Select(Usual))}")
            : Read(host.Options.Databases[0], Usual(host.Options.Databases[0]), text, host);
    }

    private static JournalChoice Read(JournalProvider provider, string scheme, string text, VerbHost host)
    {
        try
        {
            var location = provider.Locate(text);
            if (!location.NamesDatabase && Value(host, scheme) is { } value)
            {
                // The place within the database may be said here, the database there.
                location = provider.Locate(text.Length == 0 ? value : $"{value.TrimEnd(';')};{text}");
            }

            return new JournalChoice(location.Place, provider, location);
        }
        catch (FormatException e)
        {
            throw new CommandException(ExitCode.Usage, $"the journal that --db or {Variable(scheme)} names on {provider.Name} is not understood: {e.Message}");
        }
    }

    private static string Usual(JournalProvider provider) => provider.Schemes[0];

    private static string Variable(string scheme) => $"NAGARE_{scheme.ToUpperInvariant()}";

    private static string? Value(VerbHost host, string scheme) => host.Console.Variable(Variable(scheme)) is { Length: > 0 } value ? value : null;

    private static JournalProvider? Find(string scheme, VerbHost host) => host.Options.Databases.FirstOrDefault(provider => provider.Schemes.Contains(scheme, StringComparer.Ordinal));
}
