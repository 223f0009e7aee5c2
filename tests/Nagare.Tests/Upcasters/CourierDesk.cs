using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Nagare.Generated;
using Nagare.Storage;
using Nagare.Testing;
using Nagare.Tests.Tickets;

namespace Nagare.Tests.Upcasters;

/// <summary>A journal that earlier builds wrote and this build reads.</summary>
internal sealed class CourierDesk : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider _services;
    private readonly InMemoryJournal _kept = new();

    public CourierDesk(UnknownEventPolicy unknownEvents = UnknownEventPolicy.Fail, params InvariantRule[] rules)
    {
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .AddNagare(nagare =>
            {
                nagare.AddModel<CourierModel>().UseStorage(_ => new InMemoryStorage(_kept));
                nagare.OnUnknownEvent(unknownEvents);
                foreach (var rule in rules)
                {
                    nagare.AddInvariant(rule);
                }
            })
            .BuildServiceProvider();
    }

    public static StreamId Monday { get; } = new("courier", "monday");

    public FakeTimeProvider Clock { get; } = new(Start);

    public IServiceProvider Services => _services;

    public IJournal Journal => _services.GetRequiredService<IJournal>();

    public IAggregateRepository<CourierDay> Days => _services.GetRequiredService<IAggregateRepository<CourierDay>>();

    /// <summary>Storage of its own over the same journal, below every upcaster.</summary>
    public IJournalStorage Raw => new InMemoryStorage(_kept);

    /// <summary>What an earlier build stored.</summary>
    public async Task<AppendResult> Wrote(params object[] events) => await Wrote(EventMetadata.None, events);

    public async Task<AppendResult> Wrote(EventMetadata metadata, params object[] events)
    {
        await using var earlier = await Nagare.Journal.Open(Yesterday.Model, Raw, new JournalOptions { Clock = Clock });
        return await earlier.Append(Monday, ExpectedVersion.Any, events, metadata);
    }

    public async Task<List<Envelope>> Read(JournalScope? scope = null, ReadDirection direction = ReadDirection.Forwards)
    {
        var read = new List<Envelope>();
        await foreach (var envelope in Journal.Read(scope ?? JournalScope.Everything, direction))
        {
            read.Add(envelope);
        }

        return read;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

/// <summary>The events that earlier builds had, under the names and versions of their time.</summary>
internal static class Yesterday
{
    /// <summary>A shape of which nobody keeps a record.</summary>
    internal sealed record NotedV1(string Body);

    /// <summary>What this build never heard of.</summary>
    internal sealed record Forgotten(int Number);

    /// <summary>As it was before it, its member and a name of its enum got new names.</summary>
    internal sealed record Finished(string Why, string Feeling);

    public static EventModel Model { get; } = Build("courier");

    /// <summary>The same before the family got its new name.</summary>
    public static EventModel Build(string family)
    {
        var builder = new EventModelBuilder();
        builder.AddFamily(new EventFamily(family, typeof(Yesterday),
        [
            new EventType<ReasonedV1>(family, "reasoned", 1, "", new Nagare_Tests_Upcasters_ReasonedV1Converter()),
            new EventType<ReasonedV2>(family, "reasoned", 2, "", new Nagare_Tests_Upcasters_ReasonedV2Converter()),
            new EventType<HeartbeatV1>(family, "heartbeat", 1, "", new Nagare_Tests_Upcasters_HeartbeatV1Converter()),
            new EventType<ToolCalledV1>(family, "tool-called", 1, "", new Nagare_Tests_Upcasters_ToolCalledV1Converter()),
            new EventType<LeftV1>(family, "left", 1, "", new Nagare_Tests_Upcasters_LeftV1Converter()),
            new EventType<BrokenV1>(family, "broken", 1, "", new Nagare_Tests_Upcasters_BrokenV1Converter()),
            new EventType<NotedV1>(family, "noted", 1, "", new WireConverter<NotedV1>(_ => null!, static (json, e) => json.WriteString("body", e.Body))),
            new EventType<Forgotten>(family, "forgotten", 1, "", new WireConverter<Forgotten>(_ => null!, static (json, e) => json.WriteNumber("number", e.Number))),
            new EventType<Finished>(family, "finished", 1, "", new WireConverter<Finished>(_ => null!, static (json, e) =>
            {
                json.WriteString("why", e.Why);
                json.WriteString("feeling", e.Feeling);
            })),
            new EventType<CourierEvent.Started>(family, "started", 1, "", new Nagare_Tests_Upcasters_CourierEvent_StartedConverter()),
        ]));
        return builder.Build();
    }
}
