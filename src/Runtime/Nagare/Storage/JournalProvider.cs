namespace Nagare.Storage;

/// <summary>
/// A kind of database that journals are kept in, for programs to which a person names the database: the command line, a migration, a test.
/// An application that knows its database calls <c>UseSqlite</c> and its like instead.
/// </summary>
public abstract class JournalProvider
{
    /// <summary>What the database is called: <c>PostgreSQL</c>.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// The words that name it before a colon, as in <c>postgres:Host=…</c>, the usual one first; lower-case letters. Tools take the rest from
    /// the variable <c>NAGARE_</c> and the word in capitals.
    /// </summary>
    public abstract IReadOnlyList<string> Schemes { get; }

    /// <summary>What a person writes after the colon, by example; shown in help and errors.</summary>
    public abstract string Example { get; }

    /// <summary>Reads where a journal is. Connects to nothing.</summary>
    /// <param name="text">What stood after the colon: a connection string in the words of the database's client, on a server with <c>Schema</c> as one word more. Empty for a journal whose server is not known, of which the scripts can be had.</param>
    /// <exception cref="FormatException">It is none; the message says so without repeating what may be a password.</exception>
    public abstract JournalLocation Locate(string text);
}

/// <summary>Where one journal is.</summary>
public abstract class JournalLocation
{
    /// <summary>Where it is, as errors and logs name it: never with a password.</summary>
    public abstract string Place { get; }

    /// <summary>Whether the database itself is named, rather than only the journal's place in it.</summary>
    public abstract bool NamesDatabase { get; }

    /// <summary>Whether it is known, without connecting, that there is no database.</summary>
    public virtual bool IsKnownToBeMissing => false;

    /// <summary>The statements that create the journal's tables: word for word those that the journal runs itself. Asks no server.</summary>
    public abstract string SchemaScript { get; }

    /// <summary>
    /// The statements that give a role what an application needs and no more, for whoever owns the tables; null where the database knows no
    /// roles. Asks no server.
    /// </summary>
    /// <param name="role">The role, or user.</param>
    public abstract string? GrantScript(string role);

    /// <summary>Makes the journal, not open yet.</summary>
    /// <param name="creates">Whether opening it creates what is missing; otherwise that is an error.</param>
    /// <exception cref="InvalidOperationException">The database is not named.</exception>
    public abstract IJournalStorage CreateStorage(bool creates);
}
