using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Nagare;

/// <summary>Keeps the journal in a MySQL or MariaDB database.</summary>
public static class MySqlNagareBuilderExtensions
{
    /// <summary>Keeps the journal in the database that a connection string names, or in <c>nagare</c> where it names none; created where it is missing.</summary>
    /// <param name="builder">What <c>AddNagare</c> configures.</param>
    /// <param name="connectionString">A MySqlConnector connection string: <c>Server=localhost;Database=agents;User ID=app;Password=secret</c>.</param>
    public static NagareBuilder UseMySql(this NagareBuilder builder, string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return builder.UseMySql(options => options.ConnectionString = connectionString);
    }

    /// <summary>Keeps the journal in a MySQL or MariaDB database, with a say in its name, time-outs, tables and bounds.</summary>
    /// <param name="builder">What <c>AddNagare</c> configures.</param>
    /// <param name="configure">Sets the options; it must at least name the server.</param>
    public static NagareBuilder UseMySql(this NagareBuilder builder, Action<MySqlJournalOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.UseStorage(services =>
        {
            var options = new MySqlJournalOptions();
            configure(options);
            return new MySqlJournal(options, services.GetService<ILogger<MySqlJournal>>());
        });
    }

    /// <summary>Keeps named journals on one MySQL or MariaDB server, each in a database of its own, <c>nagare_NAME</c>; created where it is missing.</summary>
    /// <param name="builder">What <c>AddNamedJournals</c> configures.</param>
    /// <param name="connectionString">A MySqlConnector connection string; the database that it names comes before <c>_NAME</c>.</param>
    public static NagareBuilder UseMySqlDatabases(this NagareBuilder builder, string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return builder.UseMySqlDatabases(options => options.ConnectionString = connectionString);
    }

    /// <summary>Keeps named journals on one MySQL or MariaDB server, with a say in time-outs, tables and bounds of each.</summary>
    /// <param name="builder">What <c>AddNamedJournals</c> configures.</param>
    /// <param name="configure">Sets the options of a journal. Its database's name is what they come to, an underscore, and the journal's name.</param>
    public static NagareBuilder UseMySqlDatabases(this NagareBuilder builder, Action<MySqlJournalOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.UseNamedStorage((services, name) =>
        {
            var options = new MySqlJournalOptions();
            configure(options);
            options.DatabaseName = $"{options.Database}_{name}";
            return new MySqlJournal(options, services.GetService<ILogger<MySqlJournal>>());
        });
    }
}
