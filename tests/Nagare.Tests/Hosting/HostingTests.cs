using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nagare.Testing;
using Nagare.Tests.Tickets;

namespace Nagare.Tests;

public class HostingTests
{
    private static readonly TicketEvent Comment = new TicketEvent.Commented("hello");

    [Fact]
    public async Task A_host_opens_the_journal_at_start_and_closes_it_at_the_end()
    {
        var storage = new WaitingStorage(new InMemoryStorage());
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddNagare(nagare => nagare.AddModel<TicketModel>().UseStorage(_ => storage));
        using (var host = builder.Build())
        {
            Assert.Equal(0, storage.Opened);
            await host.StartAsync();
            Assert.Equal(1, storage.Opened);
            await host.Services.GetRequiredService<IJournal>().Append(Ticket.Stream("1"), ExpectedVersion.Any, [Comment]);
            await host.StopAsync();
        }

        Assert.Equal((1, 1), (storage.Opened, storage.Disposed));
    }

    [Fact]
    public async Task A_journal_that_cannot_be_opened_stops_the_start_of_the_host()
    {
        var storage = new WaitingStorage(new InMemoryStorage());
        storage.FailuresToOpen.Enqueue(new JournalUnavailableException("no such database"));
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddNagare(nagare => nagare.AddModel<TicketModel>().UseStorage(_ => storage));
        using var host = builder.Build();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => host.StartAsync());
    }

    [Fact]
    public async Task Without_a_host_the_first_call_opens_it_once_whoever_is_first()
    {
        WaitingStorage? storage = null;
        await using var desk = new TicketDesk(around: inner => storage = new WaitingStorage(inner));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            await Task.Yield();
            await desk.Append(Ticket.Stream($"{i}"), Comment);
            await desk.Journal.Head();
            await desk.Tickets.Load(Ticket.Stream($"{i}"));
        }));
        Assert.Equal(1, storage!.Opened);
        Assert.Equal(20, (await desk.Journal.Head()).Value);
    }

    [Fact]
    public async Task An_opening_that_failed_is_tried_again_by_the_next_call()
    {
        await using var desk = new TicketDesk(around: inner =>
        {
            var storage = new WaitingStorage(inner);
            storage.FailuresToOpen.Enqueue(new JournalUnavailableException("away"));
            return storage;
        });
        await Assert.ThrowsAsync<JournalUnavailableException>(() => desk.Append(Ticket.Stream("1"), Comment).AsTask());
        Assert.Equal(1, (await desk.Append(Ticket.Stream("1"), Comment)).Version.Value);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Disposing_the_container_in_either_way_closes_the_journal_once(bool isAsync)
    {
        var storage = new WaitingStorage(new InMemoryStorage());
        var services = new ServiceCollection().AddNagare(nagare => nagare.AddModel<TicketModel>().UseStorage(_ => storage)).BuildServiceProvider();
        await services.GetRequiredService<IJournal>().Head();
        if (isAsync)
        {
            await services.DisposeAsync();
        }
        else
        {
            services.Dispose();
        }

        Assert.Equal(1, storage.Disposed);
    }

    [Fact]
    public async Task Everything_a_user_asks_for_is_registered()
    {
        await using var desk = new TicketDesk();
        foreach (var service in (Type[])
        [
            typeof(IJournal), typeof(IAggregateRepository<Ticket>), typeof(IAggregateRepository<TicketTally>), typeof(IAggregateRepository<InvoiceTotal>),
            typeof(IExplanations), typeof(INarrator), typeof(IBisect), typeof(ILineage), typeof(EventModel), typeof(JournalExport), typeof(JournalRestore), typeof(TimeProvider),
        ])
        {
            Assert.NotNull(desk.Services.GetService(service));
        }
    }

    [Fact]
    public void The_system_clock_is_taken_where_none_is_registered()
    {
        using var services = new ServiceCollection().AddNagare(nagare => nagare.UseStorage(_ => new InMemoryStorage())).BuildServiceProvider();
        Assert.Same(TimeProvider.System, services.GetRequiredService<TimeProvider>());
    }

    [Fact]
    public void Contradictions_are_found_when_the_services_are_added()
    {
        var services = new ServiceCollection();
        Assert.Throws<EventModelException>(() => services.AddNagare(nagare => nagare.AddAggregate<Ticket, TicketEvent>().UseStorage(_ => new InMemoryStorage())));
        Assert.Throws<EventModelException>(() => services.AddNagare(nagare => nagare.AddModel<TicketModel>().AddModel<SameFamilyAgain>().UseStorage(_ => new InMemoryStorage())));
        Assert.Throws<InvalidOperationException>(() => services.AddNagare(nagare => nagare.AddModel<TicketModel>()));
        services.AddNagare(nagare => nagare.AddModel<TicketModel>().AddModel<TicketModel>().UseStorage(_ => new InMemoryStorage()));
        Assert.Throws<InvalidOperationException>(() => services.AddNagare(nagare => nagare.UseStorage(_ => new InMemoryStorage())));
    }

    [Fact]
    public async Task A_policy_and_a_rule_given_to_the_builder_reach_the_journal_and_the_model()
    {
        await using var full = new TicketDesk();
        await full.Append(Ticket.Stream("1"), new TicketEvent.Closed("x"));
        using var services = new ServiceCollection()
            .AddNagare(nagare => nagare
                .AddModel<InvoicesOnly>()
                .OnUnknownEvent(UnknownEventPolicy.Skip)
                .AddInvariant(InvariantRule.OverEvent<InvoiceEvent>("rule", "holds", false, (_, _) => InvariantResult.Holds))
                .UseStorage(_ => full.Raw))
            .BuildServiceProvider();
        Assert.Single(services.GetRequiredService<EventModel>().Invariants);
        await foreach (var e in services.GetRequiredService<IJournal>().Read(JournalScope.Everything))
        {
            Assert.Fail($"{e} was to be skipped");
        }
    }

    public sealed class SameFamilyAgain : IEventModel
    {
        public static void Register(EventModelBuilder model) => model.AddFamily(TicketModel.Tickets);
    }

    public sealed class InvoicesOnly : IEventModel
    {
        public static void Register(EventModelBuilder model) => model.AddFamily(TicketModel.Invoices);
    }
}
