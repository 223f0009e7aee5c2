using Microsoft.Data.Sqlite;
using Nagare.Storage;

namespace Nagare;

/// <summary>SQLite, for programs to which a person names the database: <c>sqlite:agents.db</c>, or a connection string after the colon.</summary>
public sealed class SqliteProvider : JournalProvider
{
    /// <inheritdoc/>
    public override string Name => "SQLite";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Schemes { get; } = ["sqlite"];

    /// <inheritdoc/>
    public override string Example => "agents.db";

    /// <summary>Reads where a journal is: a path, or a connection string, which is what holds an equals sign and is no file.</summary>
    /// <inheritdoc/>
    public override JournalLocation Locate(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0 || !text.Contains('=', StringComparison.Ordinal) || File.Exists(text))
        {
            return new Location(text, new SqliteConnectionStringBuilder { DataSource = text }.ConnectionString);
        }

        try
        {
            return new Location(new SqliteConnectionStringBuilder(text).DataSource, text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // It may name an encrypted file with its password, so it is not repeated.
            throw new FormatException("it is neither a file nor a connection string of SQLite, such as 'Data Source=agents.db'");
        }
    }

    private sealed class Location(string path, string connectionString) : JournalLocation
    {
        public override string Place => path;

        public override bool NamesDatabase => path.Length > 0;

        public override bool IsKnownToBeMissing => !File.Exists(path);

        public override string SchemaScript => SqliteTables.Script;

        public override string? GrantScript(string role) => null;

        public override IJournalStorage CreateStorage(bool creates) => NamesDatabase
            ? new SqliteJournal(new SqliteJournalOptions
            {
                ConnectionString = connectionString,
                Schema = creates ? SqliteSchemaHandling.CreateIfMissing : SqliteSchemaHandling.CheckOnly,
            })
            : throw new InvalidOperationException("No file is named.");
    }
}
