using System.Collections.Immutable;
using Nagare;

namespace Fulfilment;

public enum OrderStatus { None, Open, Shipped, Closed }

[Aggregate]
[Ignores<OrderEvent.Noted>]
public sealed partial record Order : IAggregate<Order, OrderEvent>
{
    private static readonly ImmutableHashSet<string> NearCountries = ["DE", "AT", "CH"];

    public OrderStatus Status { get; init; }
    public string Customer { get; init; } = "";
    public ImmutableSortedDictionary<string, Line> Lines { get; init; } = ImmutableSortedDictionary<string, Line>.Empty;
    public Money Total { get; init; }
    public DateTimeOffset? PlacedAt { get; init; }
    public bool IsNear { get; init; }

    private Order Apply(OrderEvent.Placed e) => this with
    {
        Status = OrderStatus.Open,
        Customer = e.Customer.Trim(),
        Lines = e.Lines.ToImmutableSortedDictionary(static line => line.Sku, static line => line),
        Total = e.Total,
        PlacedAt = e.At,
        IsNear = NearCountries.Contains(e.ShipTo.Country),
    };

    private Order Apply(OrderEvent.LineChanged e)
    {
        var lines = Lines.SetItem(e.Line.Sku, e.Line);
        var total = lines.Values.Aggregate(Money.Zero(Total.Currency), static (sum, line) => sum.Plus(line.Total));
        return this with { Lines = lines, Total = total };
    }

    private Order Apply(OrderEvent.Shipped e) => this with { Status = e.Carrier == Carrier.Pickup ? OrderStatus.Closed : OrderStatus.Shipped };

    private Order Apply(OrderEvent.Ended e) => this with { Status = OrderStatus.Closed };

    // What may be asked of a state need not be pure; only the fold must be.
    public bool IsOverdue(TimeProvider clock) => Status == OrderStatus.Open && clock.GetUtcNow() - PlacedAt > TimeSpan.FromDays(3);
}

public sealed record Place(string Customer, ImmutableArray<Line> Lines, Address ShipTo) : ICommand<Order>;

[Command("cancel")]
public sealed record Cancel(string Reason, string By) : ICommand<Order>;

public sealed record Ship(Carrier Carrier, int Parcels) : ICommand<Order>;

public sealed partial record Order
{
    private Decision<OrderEvent> Decide(Place command, DecisionContext at)
    {
        if (Status != OrderStatus.None)
        {
            return Reject("the order was placed before", code: "placed");
        }

        var total = Money.Zero("EUR");
        foreach (var line in command.Lines)
        {
            total = total.Plus(line.Total);
        }

        return Persist(new OrderEvent.Placed(command.Customer, command.Lines, total, command.ShipTo, at.Now));
    }

    private Decision<OrderEvent> Decide(Cancel command) => Status switch
    {
        OrderStatus.Open => Persist(new OrderEvent.Cancelled(command.Reason, command.By)),
        OrderStatus.Closed => Ignore(),
        _ => Reject("too late"),
    };

    private Decision<OrderEvent> Decide(Ship command)
    {
        var events = new List<OrderEvent>();
        events.Add(new OrderEvent.Shipped(command.Carrier, command.Parcels, Tracking: null));
        if (command.Parcels > 3)
        {
            events.Add(new OrderEvent.Noted("many parcels"));
        }

        return Status == OrderStatus.Open ? Persist([.. events]) : Reject("not open");
    }
}
