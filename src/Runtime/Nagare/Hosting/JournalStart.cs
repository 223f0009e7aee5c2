using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nagare.Storage;

namespace Nagare;

/// <summary>Opens the journal when the host starts, so that a wrong or unreachable database stops the start and not the first request.</summary>
internal sealed class JournalStart(IJournalStorage storage, EventModel model, ILoggerFactory loggers) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await storage.Open(cancellationToken).ConfigureAwait(false);
        var head = await storage.ReadHead(cancellationToken).ConfigureAwait(false);
        Log.JournalOpened(loggers.CreateLogger(Log.Category), head.Position, model.Families.Count);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
