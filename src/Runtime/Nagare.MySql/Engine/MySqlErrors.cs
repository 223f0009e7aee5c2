using System.Data.Common;
using System.Globalization;
using MySqlConnector;

namespace Nagare.Storage;

/// <summary>Tells by an error number of MySQL or MariaDB what kind of failure it is.</summary>
internal static class MySqlErrors
{
    public static ServerFailure Classify(DbException failure) => Classify(failure is MySqlException { ErrorCode: var code } ? code : MySqlErrorCode.None);

    // The client's own words for a connection that broke, could not be made, or took too long, come without a number of the server.
    public static ServerFailure Classify(MySqlErrorCode code) => IsOfClient(code)
        ? new ServerFailure(ServerFailureKind.Transient, "", code == MySqlErrorCode.CommandTimeoutExpired
            ? "The server did not answer within the journal's CommandTimeout"
            : "Check that the server runs and that the network reaches it")
        : new ServerFailure(KindOf(code), ((int)code).ToString(CultureInfo.InvariantCulture), AdviceOn(code));

    /// <summary>Whether a statement failed because the head, a stream or an id was not as it took them to be.</summary>
    public static bool IsRefusedHead(Exception? failure) => failure is MySqlException { ErrorCode: MySqlErrorCode.ColumnCannotBeNull };

    private static bool IsOfClient(MySqlErrorCode code) => code is MySqlErrorCode.None or MySqlErrorCode.CommandTimeoutExpired or MySqlErrorCode.UnableToConnectToHost;

    private static ServerFailureKind KindOf(MySqlErrorCode code) => code switch
    {
        MySqlErrorCode.DuplicateKeyEntry or MySqlErrorCode.DuplicateEntryWithKeyName or Number.Signal => ServerFailureKind.KeyViolated,
        MySqlErrorCode.LockWaitTimeout => ServerFailureKind.Busy,
        // A serialization failure comes as a deadlock, and from newer releases of MariaDB as a row that changed.
        MySqlErrorCode.LockDeadlock or MySqlErrorCode.CheckRead or Number.RollbackDuringCommit => ServerFailureKind.NotNow,
        // Somebody gives a connection back, or the next one leads to the server that took over.
        MySqlErrorCode.ConnectionCountError or MySqlErrorCode.TooManyUserConnections or MySqlErrorCode.UserLimitReached => ServerFailureKind.NotNow,
        MySqlErrorCode.OptionPreventsStatement or Number.ReadOnlyMode or MySqlErrorCode.CannotExecuteInReadOnlyTransaction or Number.InnoDbReadOnly => ServerFailureKind.NotNow,
        MySqlErrorCode.ServerShutdown or MySqlErrorCode.NormalShutdown or MySqlErrorCode.ShutdownComplete => ServerFailureKind.Transient,
        // Sessions that the server ends: killed, idle for too long, or lost on the way.
        Number.ConnectionKilled or MySqlErrorCode.ClientInteractionTimeout or MySqlErrorCode.AbortingConnection or MySqlErrorCode.NewAbortingConnection => ServerFailureKind.Transient,
        MySqlErrorCode.NetReadError or MySqlErrorCode.NetReadInterrupted or MySqlErrorCode.NetErrorOnWrite or MySqlErrorCode.NetWriteInterrupted => ServerFailureKind.Transient,
        Number.ServerGone or Number.ServerLost => ServerFailureKind.Transient,
        // A table that was altered under a prepared statement: a new connection prepares it anew.
        MySqlErrorCode.NeedRePrepare or MySqlErrorCode.TableDefinitionChanged => ServerFailureKind.Transient,
        _ => ServerFailureKind.Unavailable,
    };

    private static string? AdviceOn(MySqlErrorCode code) => code switch
    {
        MySqlErrorCode.DiskFull or MySqlErrorCode.RecordFileFull or MySqlErrorCode.ErrorOnWrite => "The server's disk is full; make room and append again",
        MySqlErrorCode.ConnectionCountError or MySqlErrorCode.TooManyUserConnections or MySqlErrorCode.UserLimitReached =>
            "The server takes no more connections; a journal needs one to write and as many to read as its options say",
        MySqlErrorCode.TableAccessDenied or MySqlErrorCode.ColumnAccessDenied or MySqlErrorCode.DatabaseAccessDenied or MySqlErrorCode.SpecifiedAccessDeniedError or Number.RoutineAccessDenied =>
            "The account lacks a right; MySqlJournal.GrantScript has the statements that give an application what it needs",
        MySqlErrorCode.OptionPreventsStatement or Number.ReadOnlyMode or MySqlErrorCode.CannotExecuteInReadOnlyTransaction or Number.InnoDbReadOnly =>
            "The server takes no writes: it is a replica, or was made read-only",
        MySqlErrorCode.AccessDenied or Number.AccessDeniedWithoutPassword => "Check the name and the password in the connection string",
        MySqlErrorCode.UnknownDatabase => "There is no such database; create it first",
        MySqlErrorCode.NoSuchTable or MySqlErrorCode.BadFieldError or MySqlErrorCode.KeyDoesNotExist =>
            "The journal's tables are not as this build made them; CheckSchema says what is missing",
        Number.TooManyPrepared => "The server keeps no more prepared statements: raise max_prepared_stmt_count, or find out who never closes theirs",
        MySqlErrorCode.PacketTooLarge => "Raise max_allowed_packet on the server: a row goes over in one packet",
        MySqlErrorCode.QueryInterrupted or MySqlErrorCode.QueryTimeout or Number.StatementTimeout => "Somebody killed the statement, or it took longer than the server's own time-out allows",
        MySqlErrorCode.BinLogCreateRoutineNeedSuper =>
            "The server writes a binary log, and then lets only accounts with SUPER make triggers: set log_bin_trust_function_creators = 1 while the tables are made, or run the schema script as such an account",
        Number.RowLogOnly => "The server writes statements into its binary log, where READ COMMITTED needs rows: set binlog_format to ROW, or to MIXED",
        MySqlErrorCode.NoSuchUser => "The account that made the tables is gone, and their triggers run as that account: create it again, or make the triggers again from the schema script as another",
        _ => null,
    };

    /// <summary>Numbers for which the client has no name.</summary>
    private static class Number
    {
        public const MySqlErrorCode RoutineAccessDenied = (MySqlErrorCode)1370;
        public const MySqlErrorCode TooManyPrepared = (MySqlErrorCode)1461;
        public const MySqlErrorCode Signal = (MySqlErrorCode)1644;
        public const MySqlErrorCode RowLogOnly = (MySqlErrorCode)1665;
        public const MySqlErrorCode AccessDeniedWithoutPassword = (MySqlErrorCode)1698;
        public const MySqlErrorCode ReadOnlyMode = (MySqlErrorCode)1836;
        public const MySqlErrorCode InnoDbReadOnly = (MySqlErrorCode)1874;
        public const MySqlErrorCode ConnectionKilled = (MySqlErrorCode)1927;
        public const MySqlErrorCode StatementTimeout = (MySqlErrorCode)1969;
        public const MySqlErrorCode ServerGone = (MySqlErrorCode)2006;
        public const MySqlErrorCode ServerLost = (MySqlErrorCode)2013;
        public const MySqlErrorCode RollbackDuringCommit = (MySqlErrorCode)3101;
    }
}
