using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Nagare;

/// <summary>Builds the tree behind the head for as long as the host runs.</summary>
internal sealed class TreeBuilderService(JournalIntegrity integrity, TimeSpan interval, BuildPace pace, TimeProvider clock, ILogger logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, clock);
        do
        {
            try
            {
                await integrity.Build(pace, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (JournalException failure)
            {
                // The database may be away for a while, and a journal that was tampered with has to be heard about again and again.
                IntegrityLog.NotBuilt(logger, failure.Message, failure);
            }
        }
        while (await Ticks(timer, stoppingToken).ConfigureAwait(false));
    }

    private static async ValueTask<bool> Ticks(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return false;
        }
    }
}

/// <summary>What is logged about proofs. Payloads never appear.</summary>
internal static partial class IntegrityLog
{
    [LoggerMessage(60, LogLevel.Error, "The tree of proofs was not built: {Reason}")]
    public static partial void NotBuilt(ILogger logger, string reason, Exception failure);
}
