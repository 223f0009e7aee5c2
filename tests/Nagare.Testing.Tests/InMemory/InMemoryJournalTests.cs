using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Nagare.Storage;

namespace Nagare.Testing;

public sealed class InMemoryJournalTests
{
    private static readonly StreamId Stream = new(Appends.Family, "one");

    [Fact]
    public async Task A_second_container_goes_on_from_the_memory_of_the_first()
    {
        var memory = new InMemoryJournal();
        await using (var first = Host(memory))
        {
            await first.GetRequiredService<IJournal>().Append(Stream, ExpectedVersion.NoStream, [new ConformanceEvent.Noted("a")], TestContext.Current.CancellationToken);
        }

        await using var second = Host(memory);
        var loaded = await second.GetRequiredService<IAggregateRepository<Tally>>().Load(Stream, TestContext.Current.CancellationToken);
        Assert.Equal(("a;", new StreamVersion(1)), (loaded.State.Notes, loaded.Version));
    }

    [Fact]
    public async Task What_a_caller_does_to_its_buffers_afterwards_changes_nothing()
    {
        await using var storage = new InMemoryStorage();
        var payload = Encoding.UTF8.GetBytes("""{"text":"a"}""");
        await storage.Append(Appends.To(Stream, ExpectedVersion.Any, [new Draft(payload)]), TestContext.Current.CancellationToken);
        payload.AsSpan().Clear();

        var row = Assert.Single(await storage.All(TestContext.Current.CancellationToken));
        Assert.Equal("""{"text":"a"}""", Encoding.UTF8.GetString(row.Data.Span));
        Assert.True(ContentHash.Matches(row.AsStoredEvent()));
    }

    [Fact]
    public async Task A_closed_storage_refuses_every_call()
    {
        var storage = new InMemoryStorage();
        await storage.DisposeAsync();
        await storage.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => storage.Append(Appends.To(Stream, ExpectedVersion.Any), TestContext.Current.CancellationToken).AsTask());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => storage.ReadHead(TestContext.Current.CancellationToken).AsTask());
    }

    private static ServiceProvider Host(InMemoryJournal memory) =>
        new ServiceCollection().AddNagare(nagare => nagare.AddModel<ConformanceModel>().UseInMemory(memory)).BuildServiceProvider();
}
