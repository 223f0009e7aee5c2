using Microsoft.Data.SqlClient;
using Nagare.Storage;

namespace Nagare;

/// <summary>SQL Server, for programs to which a person names the database: <c>sqlserver:Server=localhost;Database=agents;User ID=app;Schema=nagare</c>.</summary>
public sealed class SqlServerProvider : JournalProvider
{
    /// <inheritdoc/>
    public override string Name => "SQL Server";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Schemes { get; } = ["sqlserver"];

    /// <inheritdoc/>
    public override string Example => "Server=localhost;Database=agents;User ID=app;Password=…;Schema=nagare";

    /// <inheritdoc/>
    public override JournalLocation Locate(string text)
    {
        var words = PlaceWords.Read(text);
        SqlConnectionStringBuilder settings;
        try
        {
            settings = new SqlConnectionStringBuilder(words.ConnectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            throw new FormatException("one of its words, or its value, is none that Microsoft.Data.SqlClient knows; quote a value that holds a semicolon");
        }

        var options = new SqlServerJournalOptions { ConnectionString = words.ConnectionString };
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

    private sealed class Location(SqlServerJournalOptions options, SqlConnectionStringBuilder settings) : JournalLocation
    {
        private readonly SqlServerTables _tables = new SqlServerStatements(options.SchemaName, options.BusyTimeout).Tables;

        public override string Place => NamesDatabase ? SqlServerDialect.Describe(options.SchemaName, settings) : $"schema '{options.SchemaName}' of SQL Server";

        public override bool NamesDatabase => settings.DataSource.Length > 0;

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
            return new SqlServerJournal(options);
        }
    }
}
