using Microsoft.Data.SqlClient;

namespace Nagare;

/// <summary>How a journal on SQL Server is opened.</summary>
public sealed class SqlServerJournalOptions : ServerJournalOptions
{
    /// <summary>Longest name of a schema, in characters. SQL Server takes 128, Babelfish keeps apart what the first 63 tell apart.</summary>
    public const int MaxSchemaNameLength = 63;

    // Schemas that every database has and that belong to the server.
    private static readonly string[] ServersOwn = ["sys", "guest", "information_schema"];

    /// <summary>
    /// The schema that holds the journal, <c>nagare</c> unless chosen otherwise. Each schema is a journal of its own, with its own positions:
    /// one for each tenant, for instance. Lower-case letters, digits and underscores, 63 at most, no digit first.
    /// </summary>
    public string SchemaName { get; set; } = "nagare";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A value is missing or out of range, the connection string is none, or the schema's name breaks its rules.</exception>
    public override void Check()
    {
        base.Check();
        _ = new SqlConnectionStringBuilder(ConnectionString);
        CheckSchemaName();
    }

    internal void CheckSchemaName()
    {
        ArgumentException.ThrowIfNullOrEmpty(SchemaName);
        if (SchemaName.Length > MaxSchemaNameLength || char.IsAsciiDigit(SchemaName[0]) || !SchemaName.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')
            || SchemaName.StartsWith("db_", StringComparison.Ordinal) || ServersOwn.Contains(SchemaName, StringComparer.Ordinal))
        {
            throw new ArgumentException(
                $"'{SchemaName}' is no name for a journal's schema: lower-case letters, digits and underscores, {MaxSchemaNameLength} at most, no digit and no 'db_' first, and none of {string.Join(", ", ServersOwn)}.",
                nameof(SchemaName));
        }
    }
}
