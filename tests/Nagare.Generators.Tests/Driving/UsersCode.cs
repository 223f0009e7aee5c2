namespace Nagare.Generators.Tests.Driving;

/// <summary>A small model as a user would write it, in two files.</summary>
internal static class UsersCode
{
    public const string Events = """
        using Nagare;
        namespace Shop;

        [EventFamily("order")]
        public abstract partial record OrderEvent
        {
            [Event, Explain("Placed by {Customer}")]
            public sealed record Placed(string Customer, Money Total) : OrderEvent;

            [Event("cancelled", Version = 2)]
            public sealed record Cancelled(string Reason) : OrderEvent
            {
                public string Shout() => Reason.ToUpperInvariant();
            }
        }

        public sealed record Money(decimal Amount, Currency Currency);

        public enum Currency { Euro, Yen }

        [EventModel]
        public sealed partial class ShopModel;
        """;

    public const string Aggregate = """
        using Nagare;
        namespace Shop;

        [Aggregate]
        public sealed partial record Order : IAggregate<Order, OrderEvent>
        {
            public Money? Total { get; init; }

            public static Order Initial { get; } = new();

            public static Order Evolve(Order state, OrderEvent e) => e is OrderEvent.Placed placed ? state with { Total = placed.Total } : state;
        }
        """;

    public const string Neighbour = """
        namespace Shop;

        public static class Neighbour
        {
            public static int Answer() => 42;
        }
        """;
}
