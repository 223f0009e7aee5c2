using Nagare.Storage;
using Npgsql;

namespace Nagare;

/// <summary>PostgreSQL, for programs to which a person names the database: <c>postgres:Host=localhost;Database=agents;Username=app;Schema=nagare</c>.</summary>
public sealed class PostgreSqlProvider : JournalProvider
{
    /// <inheritdoc/>
    public override string Name => "PostgreSQL";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Schemes { get; } = ["postgres", "postgresql"];

    /// <inheritdoc/>
    public override string Example => "Host=localhost;Database=agents;Username=app;Password=…;Schema=nagare";

    /// <inheritdoc/>
    public override JournalLocation Locate(string text)
    {
        var words = PlaceWords.Read(text);
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(words.ConnectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            throw new FormatException("one of its words, or its value, is none that Npgsql knows; quote a value that holds a semicolon");
        }

        var options = new PostgreSqlJournalOptions { ConnectionString = words.ConnectionString };
        if (words.Schema is { } schema)
        {
            options.SchemaName = schema;
        }

        try
        {
            options.CheckSchemaName();
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message.Split(" (Parameter", 2)[0].TrimEnd('.'), e);
        }

        return new Location(options, settings);
    }

    private sealed class Location(PostgreSqlJournalOptions options, NpgsqlConnectionStringBuilder settings) : JournalLocation
    {
        private readonly PostgreSqlTables _tables = new(options.SchemaName);

        public override string Place => NamesDatabase ? PostgreSqlDialect.Describe(options.SchemaName, settings) : $"schema '{options.SchemaName}' of PostgreSQL";

        public override bool NamesDatabase => !string.IsNullOrEmpty(settings.Host);

        public override string SchemaScript => _tables.Script;

        public override string? GrantScript(string role)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(role);
            return _tables.GrantScript(role);
        }

        public override IJournalStorage CreateStorage(bool creates)
        {
            if (!NamesDatabase)
            {
                throw new InvalidOperationException("No server is named.");
            }

            options.Schema = creates ? JournalSchemaHandling.CreateIfMissing : JournalSchemaHandling.CheckOnly;
            return new PostgreSqlJournal(options);
        }
    }
}
