using Microsoft.Extensions.DependencyInjection;
using Nagare.Testing;

namespace AgentRuns.Tests;

/// <summary>The sample's model over a journal that lasts as long as a test.</summary>
internal static class JournalInMemory
{
    public static ServiceProvider Open() => new ServiceCollection()
        .AddNagare(nagare => nagare.AddModel<AgentRunsModel>().UseStorage(static _ => new InMemoryStorage()))
        .BuildServiceProvider();
}
