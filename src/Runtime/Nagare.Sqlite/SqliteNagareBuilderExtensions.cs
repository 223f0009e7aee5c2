using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Nagare;

/// <summary>Keeps the journal in a SQLite file.</summary>
public static class SqliteNagareBuilderExtensions
{
    /// <summary>Keeps the journal in the file that a connection string names; durable against loss of power, created where it is missing.</summary>
    /// <param name="builder">What <c>AddNagare</c> configures.</param>
    /// <param name="connectionString">See <see cref="SqliteJournalOptions.ConnectionString"/>: <c>Data Source=agents.db</c>.</param>
    public static NagareBuilder UseSqlite(this NagareBuilder builder, string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return builder.UseSqlite(options => options.ConnectionString = connectionString);
    }

    /// <summary>Keeps the journal in a SQLite file, with a say in durability, time-outs, tables and bounds.</summary>
    /// <param name="builder">What <c>AddNagare</c> configures.</param>
    /// <param name="configure">Sets the options; it must at least name the file.</param>
    public static NagareBuilder UseSqlite(this NagareBuilder builder, Action<SqliteJournalOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.UseStorage(services =>
        {
            var options = new SqliteJournalOptions();
            configure(options);
            return new SqliteJournal(options, services.GetService<ILogger<SqliteJournal>>());
        });
    }
}
