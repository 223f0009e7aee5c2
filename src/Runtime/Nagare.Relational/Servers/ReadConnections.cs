using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace Nagare.Storage;

/// <summary>
/// Connects the readers of one open journal. A server that is away for a moment, or has no connection left, is waited for as a writer waits for it: a journal
/// that goes on writing through a failover goes on reading too. Nothing was asked yet, so nothing is asked twice.
/// </summary>
/// <param name="dialect">The database.</param>
/// <param name="retries">The pauses between attempts. All together they are also how long attempts may take that fail slowly.</param>
/// <param name="clock">The clock of the pauses.</param>
/// <param name="logger">Hears of each further attempt.</param>
internal sealed class ReadConnections(ServerDialect dialect, RetrySchedule retries, TimeProvider clock, ILogger logger)
{
    private readonly TimeSpan _patience = retries.Pauses.Aggregate(TimeSpan.Zero, static (sum, pause) => sum + pause);

    // Who comes soon after somebody who waited in vain is told at the first failure: otherwise every call of a server that stays away would take that long.
    // 0 where nobody did.
    private long _failedAt;

    /// <summary>Connects, where the server is there or comes back.</summary>
    /// <exception cref="JournalUnavailableException">The server refuses, or stays away.</exception>
    public async ValueTask<DbConnection> Connect(CancellationToken cancellationToken)
    {
        var begunAt = clock.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var connection = await dialect.Connect(ServerConnectionUse.Read, cancellationToken).ConfigureAwait(false);
                Volatile.Write(ref _failedAt, 0);
                return connection;
            }
            catch (Exception failure) when (ServerErrors.IsOfClient(failure))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var told = ServerErrors.ForReader(dialect, failure);
                if (!ServerErrors.IsTransient(dialect, failure))
                {
                    throw told;
                }

                if (IsSpent || attempt == retries.Pauses.Length || clock.GetElapsedTime(begunAt) >= _patience)
                {
                    Volatile.Write(ref _failedAt, clock.GetTimestamp());
                    throw told;
                }

                RelationalLog.ReadTriedAgain(logger, attempt + 1, retries.Pauses.Length + 1, retries.Pauses[attempt], told.Message);
            }

            await Task.Delay(retries.Pauses[attempt], clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsSpent => Volatile.Read(ref _failedAt) is not 0 and var failedAt && clock.GetElapsedTime(failedAt) < _patience;
}
