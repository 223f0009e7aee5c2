using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Nagare;
using Nagare.Storage;

namespace Fulfilment;

public sealed class OrderDesk(IAggregateRepository<Order> orders, IJournal journal, TimeProvider clock)
{
    public async Task<bool> Place(string id, string customer, ImmutableArray<Line> lines, Address shipTo, CancellationToken cancellationToken)
    {
        var result = await orders.Execute(Order.Stream(id), new Place(customer, lines, shipTo), cancellationToken);
        return result.Rejection is null;
    }

    public async Task Note(string id, string text, CancellationToken cancellationToken = default) =>
        await orders.Append(Order.Stream(id), ExpectedVersion.Exists, [new OrderEvent.Noted(text)], cancellationToken).ConfigureAwait(false);

    public async Task Import(IEnumerable<(string Id, OrderEvent Event)> rows, CancellationToken cancellationToken)
    {
        foreach (var group in rows.GroupBy(static row => row.Id))
        {
            List<object> events = [.. group.Select(static row => row.Event)];
            await journal.Append(Order.Stream(group.Key), ExpectedVersion.Any, events, cancellationToken);
        }
    }

    public async Task<int> Overdue(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var overdue = 0;
        await Parallel.ForEachAsync(ids, cancellationToken, async (id, stop) =>
        {
            var (order, _) = await orders.Load(Order.Stream(id), stop);
            if (order.IsOverdue(clock))
            {
                Interlocked.Increment(ref overdue);
            }
        });
        return overdue;
    }

    public async Task CancelSafely(string id, CancellationToken cancellationToken)
    {
        try
        {
            await orders.Execute(Order.Stream(id), order => order.Status == OrderStatus.Open ? new OrderEvent.Cancelled("asked", "desk") : Decision.Ignore(), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Said on purpose: this must be recorded although the caller has gone.
            await orders.Append(Order.Stream(id), ExpectedVersion.Any, [new OrderEvent.Noted("cancel was given up")]);
            throw;
        }
    }
}

public static class OrderRules
{
    [Invariant("orders-are-small", "No order is above ten thousand.", Monotone = true)]
    public static InvariantResult Small(Order order) => InvariantResult.Check(order.Total.Amount <= 10_000, $"{order.Total.Amount}");

    [Invariant("cancelled-by-someone", "A cancellation says who.")]
    internal static InvariantResult SaysWho(OrderEvent.Cancelled e, Envelope at) => InvariantResult.Check(e.By.Length > 0, $"nobody at {at.Version}");
}

[EventModel]
public sealed partial class FulfilmentModel;

public static class Composition
{
    public static IServiceCollection AddFulfilment(this IServiceCollection services, Func<IServiceProvider, IJournalStorage> storage) =>
        services.AddNagare(nagare => nagare.AddModel<FulfilmentModel>().UseStorage(storage));
}
