using System.Data.Common;
using System.Globalization;
using Microsoft.Data.SqlClient;

namespace Nagare.Storage;

/// <summary>Tells by an error number of SQL Server what kind of failure it is.</summary>
internal static class SqlServerErrors
{
    /// <summary>What the journal's own statements and triggers throw.</summary>
    public const int Refused = 59001, Miscounted = 59002, TransactionEnded = 59003, ChangeBusy = 59004;

    // From this severity on the server, or the client in its place, has closed the connection.
    private const byte ConnectionLost = 20;

    private const int UniqueIndex = 2601, UniqueConstraint = 2627;
    private const int LockTimeout = 1222, Deadlock = 1205, SnapshotConflict = 3960, ClientTimeout = -2;
    private const int DatabaseOpening = 904, DatabaseRestarting = 922, LogUnavailable = 9001, ShuttingDown = 6005, Paused = 17142, Killed = 596;
    private const int CannotOpenDatabase = 4060, LoginFailed = 18456, Denied = 229, DeniedDatabase = 262, DeniedAlter = 15247;
    private const int TooManySessions = 17809;
    private const int NoTable = 208, NoColumn = 207, NoIndex = 308;
    private const int LogFull = 9002, FilegroupFull = 1105, QuotaFull = 40544, ReadOnly = 3906;

    private const int Untranslated = 33557097;

    // What PostgreSQL says, and the number that SQL Server has for it.
    private static readonly (string Words, int Number)[] Translations =
    [
        ("due to lock timeout", LockTimeout),
        ("deadlock detected", Deadlock),
        ("could not serialize access", SnapshotConflict),
        ("terminating connection", Killed),
        ("database system is", ShuttingDown),
        ("too many clients already", TooManySessions),
        ("remaining connection slots are reserved", TooManySessions),
        ("duplicate key value violates unique constraint", UniqueConstraint),
        ("permission denied", Denied),
        ("must be owner of", Denied),
        ("No space left on device", FilegroupFull),
        ("read-only transaction", ReadOnly),
        ("password authentication failed", LoginFailed),
    ];

    public static ServerFailure Classify(DbException failure) => failure is SqlException error
        ? Classify(error.Number, error.Class, error.Message)
        : new ServerFailure(ServerFailureKind.Unavailable, "", null);

    /// <summary>By number and severity; the client has numbers of its own, which are negative or the network's.</summary>
    /// <remarks>Babelfish has one number for all that it knows no number of SQL Server for; what is left to tell by are PostgreSQL's words.</remarks>
    public static ServerFailure Classify(int number, byte severity, string message)
    {
        var meant = number == Untranslated ? Translations.FirstOrDefault(known => message.Contains(known.Words, StringComparison.Ordinal)).Number : number;
        return new(KindOf(meant, severity), number == 0 ? "" : number.ToString(CultureInfo.InvariantCulture), AdviceOn(meant, severity));
    }

    private static ServerFailureKind KindOf(int number, byte severity) => number switch
    {
        UniqueIndex or UniqueConstraint or Refused => ServerFailureKind.KeyViolated,
        LockTimeout or ChangeBusy => ServerFailureKind.Busy,
        Deadlock or SnapshotConflict => ServerFailureKind.NotNow,
        // Somebody gives a connection back, or the next one leads to the server that took over.
        TooManySessions or ReadOnly => ServerFailureKind.NotNow,
        ClientTimeout => ServerFailureKind.Transient,
        DatabaseOpening or DatabaseRestarting or LogUnavailable or ShuttingDown or Paused or Killed => ServerFailureKind.Transient,
        // A replica of an availability group that changes its role.
        976 or 978 or 981 or 983 or 41302 or 41304 => ServerFailureKind.Transient,
        // A request that came with a transaction which the server has ended.
        3971 or 3989 or 3998 or TransactionEnded => ServerFailureKind.Transient,
        // What Azure SQL says while it moves or restrains a database.
        4221 or 10928 or 10929 or 40143 or 40197 or 40501 or 40540 or 40613 or 42108 or 42109 or 49918 or 49919 or 49920 => ServerFailureKind.Transient,
        _ when severity >= ConnectionLost => ServerFailureKind.Transient,
        _ => ServerFailureKind.Unavailable,
    };

    private static string? AdviceOn(int number, byte severity) => number switch
    {
        CannotOpenDatabase => "There is no such database, or the login may not use it; create it first",
        LoginFailed => "Check the name and the password in the connection string",
        Denied or DeniedDatabase or DeniedAlter => "The user lacks a permission; SqlServerJournal.GrantScript has the statements that give an application what it needs",
        NoTable or NoColumn or NoIndex => "The journal's tables are not as this build made them; CheckSchema says what is missing",
        LogFull => "The transaction log is full; back it up or let it grow, and append again",
        FilegroupFull or QuotaFull => "The database is full; make room and append again",
        TooManySessions => "The server takes no more connections; a journal needs one to write and as many to read as its options say",
        ReadOnly => "The database takes no writes: it is a secondary replica, or was made read-only",
        ClientTimeout => "Check that the server answers; a statement may take as long as CommandTimeout says",
        Miscounted => "Look for triggers on nagare_events that are not Nagare's",
        _ when severity >= ConnectionLost => "Check that the server runs and that the network reaches it",
        _ => null,
    };
}
