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
}
