using Microsoft.Data.Sqlite;
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

    /// <summary>Keeps named journals in a folder, each in a file of its own, <c>journal_NAME.db</c>; folder and files are created where they are missing.</summary>
    /// <param name="builder">What <c>AddNamedJournals</c> configures.</param>
    /// <param name="folder">The folder.</param>
    public static NagareBuilder UseSqliteFolder(this NagareBuilder builder, string folder) => builder.UseSqliteFolder(folder, static _ => { });

    /// <summary>Keeps named journals in a folder, with a say in durability, time-outs, tables and bounds of each.</summary>
    /// <param name="builder">What <c>AddNamedJournals</c> configures.</param>
    /// <param name="folder">The folder. It is created unless the options say <see cref="SqliteSchemaHandling.CheckOnly"/>.</param>
    /// <param name="configure">Sets the options of a journal; the file that its connection string names is replaced by the journal's own.</param>
    public static NagareBuilder UseSqliteFolder(this NagareBuilder builder, string folder, Action<SqliteJournalOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.UseNamedStorage((services, name) =>
        {
            var options = new SqliteJournalOptions();
            configure(options);
            if (options.Schema == SqliteSchemaHandling.CreateIfMissing)
            {
                Directory.CreateDirectory(folder);
            }

            options.ConnectionString = new SqliteConnectionStringBuilder(options.ConnectionString) { DataSource = Path.Combine(folder, $"journal_{name}.db") }.ConnectionString;
            return new SqliteJournal(options, services.GetService<ILogger<SqliteJournal>>());
        });
    }
}
