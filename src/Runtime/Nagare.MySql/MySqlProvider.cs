using MySqlConnector;
using Nagare.Storage;

namespace Nagare;

/// <summary>MySQL and MariaDB, for programs to which a person names the database: <c>mysql:Server=localhost;User ID=app;Database=nagare</c>. A journal is a database of its own, so <c>Schema</c> means the database.</summary>
public sealed class MySqlProvider : JournalProvider
{
    /// <inheritdoc/>
    public override string Name => "MySQL";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Schemes { get; } = ["mysql", "mariadb"];

    /// <inheritdoc/>
    public override string Example => "Server=localhost;User ID=app;Password=…;Database=nagare";

    /// <inheritdoc/>
    public override JournalLocation Locate(string text)
    {
        var words = PlaceWords.Read(text);
        MySqlConnectionStringBuilder settings;
        try
        {
            settings = new MySqlConnectionStringBuilder(words.ConnectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or InvalidOperationException)
        {
            throw new FormatException("one of its words, or its value, is none that MySqlConnector knows; quote a value that holds a semicolon");
        }

        var options = new MySqlJournalOptions { ConnectionString = words.ConnectionString, DatabaseName = words.Schema };
        try
        {
            options.CheckDatabaseName();
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message.Split(" (Parameter", 2)[0].TrimEnd('.'), e);
        }

        return new Location(options, settings);
    }

    private sealed class Location(MySqlJournalOptions options, MySqlConnectionStringBuilder settings) : JournalLocation
    {
        private readonly MySqlTables _tables = new(options.Database, busySeconds: 1);

        public override string Place => NamesDatabase ? $"database '{options.Database}' at {settings.Server}:{settings.Port}" : $"database '{options.Database}' of MySQL";

        public override bool NamesDatabase => settings.Server.Length > 0;

        public override string SchemaScript => _tables.Script;

        /// <summary>For <c>user</c>, from any host, or for <c>user@host</c>.</summary>
        public override string? GrantScript(string role)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(role);
            var at = role.LastIndexOf('@');
            return at > 0 ? _tables.GrantScript(role[..at], role[(at + 1)..]) : _tables.GrantScript(role, "%");
        }

        public override IJournalStorage CreateStorage(bool creates)
        {
            if (!NamesDatabase)
            {
                throw new InvalidOperationException("No server is named.");
            }

            options.Schema = creates ? JournalSchemaHandling.CreateIfMissing : JournalSchemaHandling.CheckOnly;
            return new MySqlJournal(options);
        }
    }
}
