using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Nagare.CommandLine;

/// <summary>A verb that opens a journal: with <c>--db</c>, <c>--json</c>, and a <c>--help</c> that ends in examples.</summary>
internal sealed class JournalCommand : Command
{
    private readonly VerbHost _host;
    private readonly Option<string?> _database;
    private readonly Option<bool> _json = new("--json") { Description = "One JSON document on standard output instead of text." };

    /// <summary>Builds it.</summary>
    /// <param name="host">What verbs are built with.</param>
    /// <param name="name">The word that names it.</param>
    /// <param name="description">What it does.</param>
    /// <param name="examples">What follows the application's name in each example.</param>
    public JournalCommand(VerbHost host, string name, string description, params string[] examples)
        : base(name, description)
    {
        _host = host;
        _database = Database(host);
        Options.Add(_database);
        Options.Add(_json);
        Options.Add(HelpWithExamples.Option(host, examples));
    }

    public CommandConsole Console => _host.Console;

    public CommandLineOptions Application => _host.Options;

    /// <summary>Whether JSON is wanted.</summary>
    public bool IsJson(ParseResult arguments) => arguments.GetValue(_json);

    /// <summary>Where the journal is.</summary>
    public JournalChoice Choice(ParseResult arguments) => JournalChoice.OfDatabase(arguments.GetValue(_database), _host);

    /// <summary>Where the journal is, for what needs no server: none need be named.</summary>
    public JournalChoice ChoiceWithoutServer(ParseResult arguments) => JournalChoice.Of(arguments.GetValue(_database), _host);

    /// <summary>Opens the journal to read it.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public OpenJournal Open(ParseResult arguments) => OpenJournal.Existing(_host, Choice(arguments));

    /// <summary>Opens the journal to write it; it is made where it is missing, with the first thing stored.</summary>
    public OpenJournal OpenOrCreate(ParseResult arguments) => OpenJournal.ExistingOrNew(_host, Choice(arguments));

    private static Option<string?> Database(VerbHost host)
    {
        var isSqliteOnly = host.Options.Databases is [SqliteProvider];
        var otherwise = $"Else what {string.Join(" or ", JournalChoice.Variables(host))} names{(host.Options.DefaultDatabase is { Length: > 0 } file ? $", else {file}" : "")}.";
        return new("--db")
        {
            Description = isSqliteOnly ? $"The journal: a SQLite file. {otherwise}" : $"The journal, such as {string.Join(" or ", host.Options.Databases.Select(provider => $"'{provider.Schemes[0]}:{provider.Example}'"))}. {otherwise}",
            HelpName = isSqliteOnly ? "PATH" : "JOURNAL",
        };
    }
}

/// <summary>The usual help, with examples below.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction _help = new();
    private readonly IEnumerable<string> _examples;

    private HelpWithExamples(IEnumerable<string> examples) => _examples = examples;

    public override bool ClearsParseErrors => true;

    public static HelpOption Option(VerbHost host, params string[] examples) => new("--help", "-h")
    {
        Description = "Shows this.",
        Action = new HelpWithExamples(examples.Select(example => $"  {host.Options.Name} {example}")),
    };

    public override int Invoke(ParseResult parseResult)
    {
        _help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.Write($"Examples:\n{string.Join('\n', _examples)}\n");
        return ExitCode.Fine;
    }
}
