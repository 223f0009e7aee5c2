using Npgsql;

namespace Nagare;

/// <summary>How a journal on PostgreSQL is opened.</summary>
public sealed class PostgreSqlJournalOptions : ServerJournalOptions
{
    /// <summary>Longest name of a schema, in bytes: PostgreSQL cuts longer ones off, so that two journals could become one.</summary>
    public const int MaxSchemaNameBytes = 63;

    /// <summary>
    /// The PostgreSQL schema that holds the journal, <c>nagare</c> unless chosen otherwise. Each schema is a journal of its own, with its own
    /// positions: one for each tenant, for instance. Lower-case letters, digits and underscores, 63 at most, no digit first.
    /// </summary>
    public string SchemaName { get; set; } = "nagare";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A value is missing or out of range, the connection string is none, or the schema's name breaks its rules.</exception>
    public override void Check()
    {
        base.Check();
        _ = new NpgsqlConnectionStringBuilder(ConnectionString);
        CheckSchemaName();
    }

    internal void CheckSchemaName()
    {
        ArgumentException.ThrowIfNullOrEmpty(SchemaName);
        if (SchemaName.Length > MaxSchemaNameBytes || char.IsAsciiDigit(SchemaName[0]) || !SchemaName.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')
            || SchemaName.StartsWith("pg_", StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{SchemaName}' is no name for a journal's schema: lower-case letters, digits and underscores, {MaxSchemaNameBytes} at most, no digit and no 'pg_' first.", nameof(SchemaName));
        }
    }
}
