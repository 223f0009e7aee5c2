using MySqlConnector;

namespace Nagare;

/// <summary>How a journal on MySQL or MariaDB is opened.</summary>
/// <remarks>These servers count the wait for a lock in seconds: <see cref="ServerJournalOptions.BusyTimeout"/> is rounded up to whole ones.</remarks>
public sealed class MySqlJournalOptions : ServerJournalOptions
{
    /// <summary>Longest name of a database, in characters.</summary>
    public const int MaxDatabaseNameLength = 64;

    private const string DefaultDatabaseName = "nagare";

    /// <summary>
    /// The database that holds the journal: where it is null, the one that the connection string names, and <c>nagare</c> where that names none.
    /// Each database is a journal of its own, with its own positions: one for each tenant, for instance. ASCII letters, digits, underscores,
    /// hyphens and dollar signs, 64 at most; an upper-case letter only where the server tells names apart by case.
    /// </summary>
    public string? DatabaseName { get; set; }

    /// <summary>The database that <see cref="DatabaseName"/> and the connection string come to.</summary>
    internal string Database => DatabaseName ?? (new MySqlConnectionStringBuilder(ConnectionString).Database is { Length: > 0 } named ? named : DefaultDatabaseName);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A value is missing or out of range, the connection string is none, or the database's name breaks its rules.</exception>
    public override void Check()
    {
        base.Check();
        CheckDatabaseName();
    }

    internal void CheckDatabaseName()
    {
        var name = Database;
        if (name.Length is 0 or > MaxDatabaseNameLength || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '$'))
        {
            throw new ArgumentException($"'{name}' is no name for a journal's database: ASCII letters, digits, underscores, hyphens and dollar signs, {MaxDatabaseNameLength} at most.", nameof(DatabaseName));
        }
    }
}
