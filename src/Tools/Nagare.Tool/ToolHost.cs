using Nagare.CommandLine;
using Nagare.Storage;

namespace Nagare.Tool;

/// <summary>What a verb is built with.</summary>
/// <param name="Console">The streams.</param>
/// <param name="Folder">The folder it works in.</param>
internal sealed record ToolHost(CommandConsole Console, string Folder)
{
    // A provider is added with its line here; its words, its help and its variable come with it.
    private static readonly JournalProvider[] Databases =
    [
        new SqliteProvider(),
        new PostgreSqlProvider(),
        new MySqlProvider(),
        new SqlServerProvider(),
    ];

    /// <summary>The host of the verbs that work on journals: no models, and no journal unless one is named.</summary>
    public VerbHost Journals { get; } = new(
        new CommandLineOptions { Name = "nagare", AddModels = static _ => { }, Databases = Databases, DefaultDatabase = "" },
        Console);
}
