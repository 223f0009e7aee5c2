using Microsoft.Extensions.DependencyInjection;

namespace Nagare.Benchmarks.Proofs;

/// <summary>A journal with its services, and the place that goes when it is closed.</summary>
/// <param name="Services">The journal's.</param>
/// <param name="Place">Its tables, where something has to remove them.</param>
internal sealed record OpenedJournal(ServiceProvider Services, IAsyncDisposable? Place = null) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        if (Place is not null)
        {
            await Place.DisposeAsync();
        }
    }
}
