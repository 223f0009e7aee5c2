using System.Data.Common;
using System.Net.Sockets;

namespace Nagare.Storage;

/// <summary>Turns what a database's client throws into what journals throw, the same on every server.</summary>
internal static class ServerErrors
{
    /// <summary>Whether a failure is the client's own, so that <see cref="From"/> has to say what it means.</summary>
    public static bool IsOfClient(Exception failure) => failure is DbException or IOException or SocketException or TimeoutException;

    /// <summary>What a writer is told.</summary>
    public static Exception From(ServerDialect dialect, Exception failure)
    {
        var (kind, code, advice) = Classify(dialect, failure);
        return kind switch
        {
            ServerFailureKind.KeyViolated => new KeyViolationException(failure.Message, failure),
            ServerFailureKind.Busy => new JournalBusyException(dialect.BusyTimeout, failure),
            ServerFailureKind.Transient => new TransientFailureException(Text(dialect, failure, code, advice, ""), failure),
            ServerFailureKind.NotNow => new TransientFailureException(Text(dialect, failure, code, advice, ""), failure) { IsRefusal = true },
            ServerFailureKind.Unavailable => new JournalUnavailableException(Text(dialect, failure, code, advice, " Nothing was stored."), failure),
            _ => throw new ArgumentOutOfRangeException(nameof(failure), kind, "There is no such kind of failure."),
        };
    }

    /// <summary>What a reader, or whoever opens a journal, is told, where nobody tries again for them.</summary>
    public static JournalException ForReader(ServerDialect dialect, Exception failure)
    {
        var (kind, code, advice) = Classify(dialect, failure);
        return kind == ServerFailureKind.Busy
            ? new JournalBusyException(dialect.BusyTimeout, failure)
            : new JournalUnavailableException(Text(dialect, failure, code, advice, ""), failure);
    }

    /// <summary>Whether the connection broke, or was refused for a reason of the moment, so that a new one may do better.</summary>
    public static bool IsTransient(ServerDialect dialect, Exception failure) => Classify(dialect, failure).Kind is ServerFailureKind.Transient or ServerFailureKind.NotNow;

    private static ServerFailure Classify(ServerDialect dialect, Exception failure) => failure is DbException error
        ? dialect.Classify(error)
        : new ServerFailure(ServerFailureKind.Transient, "", "Check that the server runs and that the network reaches it");

    private static string Text(ServerDialect dialect, Exception failure, string code, string? advice, string outcome) =>
        $"The journal in {dialect.Place} cannot be used: {failure.Message.TrimEnd('.')}{(code.Length == 0 ? "" : $" ({dialect.Name} code {code})")}.{outcome}{(advice is null ? "" : $" {advice}.")}";
}
