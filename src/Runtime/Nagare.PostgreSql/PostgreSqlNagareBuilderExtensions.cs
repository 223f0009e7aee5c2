using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Nagare;

/// <summary>Keeps the journal in a PostgreSQL database.</summary>
public static class PostgreSqlNagareBuilderExtensions
{
    /// <summary>Keeps the journal in the schema <c>nagare</c> of the database that a connection string names; created where it is missing.</summary>
    /// <param name="builder">What <c>AddNagare</c> configures.</param>
    /// <param name="connectionString">An Npgsql connection string: <c>Host=localhost;Database=agents;Username=app;Password=secret</c>.</param>
    public static NagareBuilder UsePostgreSql(this NagareBuilder builder, string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return builder.UsePostgreSql(options => options.ConnectionString = connectionString);
    }

    /// <summary>Keeps the journal in a PostgreSQL database, with a say in schema, time-outs, tables and bounds.</summary>
    /// <param name="builder">What <c>AddNagare</c> configures.</param>
    /// <param name="configure">Sets the options; it must at least name the database.</param>
    public static NagareBuilder UsePostgreSql(this NagareBuilder builder, Action<PostgreSqlJournalOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.UseStorage(services =>
        {
            var options = new PostgreSqlJournalOptions();
            configure(options);
            return new PostgreSqlJournal(options, services.GetService<ILogger<PostgreSqlJournal>>());
        });
    }

    /// <summary>Keeps named journals in one PostgreSQL database, each in a schema of its own, <c>nagare_NAME</c>; created where it is missing.</summary>
    /// <param name="builder">What <c>AddNamedJournals</c> configures.</param>
    /// <param name="connectionString">An Npgsql connection string.</param>
    public static NagareBuilder UsePostgreSqlSchemas(this NagareBuilder builder, string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return builder.UsePostgreSqlSchemas(options => options.ConnectionString = connectionString);
    }

    /// <summary>Keeps named journals in one PostgreSQL database, with a say in time-outs, tables and bounds of each.</summary>
    /// <param name="builder">What <c>AddNamedJournals</c> configures.</param>
    /// <param name="configure">Sets the options of a journal. Its schema's name is what they say, an underscore, and the journal's name.</param>
    public static NagareBuilder UsePostgreSqlSchemas(this NagareBuilder builder, Action<PostgreSqlJournalOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.UseNamedStorage((services, name) =>
        {
            var options = new PostgreSqlJournalOptions();
            configure(options);
            options.SchemaName = $"{options.SchemaName}_{name}";
            return new PostgreSqlJournal(options, services.GetService<ILogger<PostgreSqlJournal>>());
        });
    }
}
