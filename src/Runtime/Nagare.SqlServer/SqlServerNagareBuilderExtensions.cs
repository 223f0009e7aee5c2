using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Nagare;

/// <summary>Keeps the journal in a SQL Server database.</summary>
public static class SqlServerNagareBuilderExtensions
{
    /// <summary>Keeps the journal in the schema <c>nagare</c> of the database that a connection string names; created where it is missing.</summary>
    /// <param name="builder">What <c>AddNagare</c> configures.</param>
    /// <param name="connectionString">A connection string of Microsoft.Data.SqlClient: <c>Server=localhost;Database=agents;User ID=app;Password=secret</c>.</param>
    public static NagareBuilder UseSqlServer(this NagareBuilder builder, string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return builder.UseSqlServer(options => options.ConnectionString = connectionString);
    }

    /// <summary>Keeps the journal in a SQL Server database, with a say in schema, time-outs, tables and bounds.</summary>
    /// <param name="builder">What <c>AddNagare</c> configures.</param>
    /// <param name="configure">Sets the options; it must at least name the database.</param>
    public static NagareBuilder UseSqlServer(this NagareBuilder builder, Action<SqlServerJournalOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.UseStorage(services =>
        {
            var options = new SqlServerJournalOptions();
            configure(options);
            return new SqlServerJournal(options, services.GetService<ILogger<SqlServerJournal>>());
        });
    }

    /// <summary>Keeps named journals in one SQL Server database, each in a schema of its own, <c>nagare_NAME</c>; created where it is missing.</summary>
    /// <param name="builder">What <c>AddNamedJournals</c> configures.</param>
    /// <param name="connectionString">A Microsoft.Data.SqlClient connection string.</param>
    public static NagareBuilder UseSqlServerSchemas(this NagareBuilder builder, string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return builder.UseSqlServerSchemas(options => options.ConnectionString = connectionString);
    }

    /// <summary>Keeps named journals in one SQL Server database, with a say in time-outs, tables and bounds of each.</summary>
    /// <param name="builder">What <c>AddNamedJournals</c> configures.</param>
    /// <param name="configure">Sets the options of a journal. Its schema's name is what they say, an underscore, and the journal's name.</param>
    public static NagareBuilder UseSqlServerSchemas(this NagareBuilder builder, Action<SqlServerJournalOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.UseNamedStorage((services, name) =>
        {
            var options = new SqlServerJournalOptions();
            configure(options);
            options.SchemaName = $"{options.SchemaName}_{name}";
            return new SqlServerJournal(options, services.GetService<ILogger<SqlServerJournal>>());
        });
    }
}
