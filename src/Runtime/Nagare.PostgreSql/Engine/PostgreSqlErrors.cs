using System.Data.Common;
using Npgsql;

namespace Nagare.Storage;

/// <summary>Tells by an SQLSTATE of PostgreSQL what kind of failure it is.</summary>
internal static class PostgreSqlErrors
{
    /// <summary>What the journal's own functions raise: a row that would be changed, or a count that does not match.</summary>
    public const string Miscounted = "NG001";

    // Where the server looks at what "begin read write" asks for. Its message is in the server's language, this is not.
    private const string ReadOnlyCheck = "call_bool_check_hook";

    public static ServerFailure Classify(DbException failure)
    {
        if (failure is not PostgresException { SqlState: var state })
        {
            // The client's own words for a connection that broke, could not be made, or took too long.
            return new ServerFailure(ServerFailureKind.Transient, "", "Check that the server runs and that the network reaches it");
        }

        // The other use of that state: a session begins to write on a server that follows another one.
        var followsAnother = failure is PostgresException { SqlState: PostgresErrorCodes.FeatureNotSupported, Routine: ReadOnlyCheck };
        return new ServerFailure(KindOf(state), state, AdviceOn(followsAnother ? PostgresErrorCodes.ReadOnlySqlTransaction : state));
    }

    private static ServerFailureKind KindOf(string state) => state switch
    {
        PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.RestrictViolation => ServerFailureKind.KeyViolated,
        PostgresErrorCodes.LockNotAvailable => ServerFailureKind.Busy,
        PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => ServerFailureKind.NotNow,
        // Somebody gives a connection back, or the next one leads to the server that took over.
        PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ReadOnlySqlTransaction => ServerFailureKind.NotNow,
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => ServerFailureKind.Transient,
        // Sessions that the server ends because they idled, with and without a transaction.
        "25P03" or "57P05" => ServerFailureKind.Transient,
        // A table that was altered under a prepared statement, which a new connection prepares anew.
        PostgresErrorCodes.FeatureNotSupported => ServerFailureKind.NotNow,
        _ when state.StartsWith("08", StringComparison.Ordinal) => ServerFailureKind.Transient,
        _ => ServerFailureKind.Unavailable,
    };

    private static string? AdviceOn(string state) => state switch
    {
        PostgresErrorCodes.DiskFull => "The server's disk is full; make room and append again",
        PostgresErrorCodes.TooManyConnections => "The server takes no more connections; a journal needs one to write and as many to read as its options say",
        PostgresErrorCodes.InsufficientPrivilege => "The role lacks a right; PostgreSqlJournal.GrantScript has the statements that give an application what it needs",
        PostgresErrorCodes.ReadOnlySqlTransaction => "The server takes no writes: it is a standby, or was made read-only",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => "Check the name and the password in the connection string",
        PostgresErrorCodes.InvalidCatalogName => "There is no such database; create it first",
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction => "The journal's tables are not as this build made them; CheckSchema says what is missing",
        Miscounted => "Look for triggers or rules on nagare_events that are not Nagare's",
        PostgresErrorCodes.QueryCanceled => "A statement took longer than the server's own time-out allows",
        _ => null,
    };
}
