using System.Collections.Immutable;
using Nagare;

namespace Fulfilment;

// Style: nested positional records, immutable states, one file for the storage format.
public enum Carrier { Post, Courier, Pickup }

public readonly record struct Money(decimal Amount, string Currency)
{
    public static Money Zero(string currency) => new(0, currency);
    public Money Plus(Money other) => other.Currency == Currency ? this with { Amount = Amount + other.Amount } : throw new ArgumentException("other currency");
}

public sealed record Address(string Name, string Street, string City, string Country);

public sealed record Line(string Sku, int Quantity, Money Price)
{
    public Money Total => Price with { Amount = Price.Amount * Quantity };
}

[EventFamily("order")]
public abstract partial record OrderEvent
{
    [Event("placed"), Explain("{Customer} placed an order of {Total.Amount:0.00} {Total.Currency}", Tags = ["customer={Customer}"])]
    public sealed record Placed(string Customer, ImmutableArray<Line> Lines, Money Total, Address ShipTo, DateTimeOffset At) : OrderEvent;

    [Event("line-changed"), Explain("Changed {Line.Sku} to {Line.Quantity}")]
    public sealed record LineChanged(Line Line) : OrderEvent;

    public abstract record Ended(string Reason) : OrderEvent;

    [Event("cancelled"), Explain("Cancelled", "{Reason}", Actor = "{By}")]
    public sealed record Cancelled(string Reason, string By) : Ended(Reason);

    [Event("delivered"), Explain("Delivered", "{Reason}")]
    public sealed record Delivered(string Reason, DateOnly On) : Ended(Reason);

    [Event("shipped"), Explain("Shipped with {Carrier} in {Parcels} parcels, {{tracked}}")]
    public sealed record Shipped(Carrier Carrier, int Parcels, string? Tracking) : OrderEvent;

    [Event("noted", Version = 2), Explain("Note", "{Text}")]
    public sealed record Noted(string Text) : OrderEvent
    {
        public ImmutableDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;
        public bool IsLong => Text.Length > MaxShort;
        private const int MaxShort = 80;
    }
}

internal static class OrderHistory
{
    [Upcaster("noted", 1)]
    internal static OrderEvent.Noted Noted(System.Text.Json.JsonElement old) => new(old.GetProperty("note").GetString() ?? "");
}
