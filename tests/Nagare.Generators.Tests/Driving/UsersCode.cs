namespace Nagare.Generators.Tests.Driving;

/// <summary>A small model as a user would write it, in three files, and a file beside it.</summary>
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

    public const string Dispatch = """
        using Nagare;
        namespace Shop;

        public sealed record Cancel(string Reason) : ICommand<Basket>;

        [Command("place")]
        public sealed record Place(string Customer, Money Total) : ICommand<Basket>;

        [Aggregate, Ignores<OrderEvent.Cancelled>]
        public sealed partial record Basket : IAggregate<Basket, OrderEvent>
        {
            public bool IsPlaced { get; init; }

            private Basket Apply(OrderEvent.Placed e) => this with { IsPlaced = true };

            private Decision<OrderEvent> Decide(Place command) => IsPlaced ? Reject("placed already", code: "placed") : Persist(new OrderEvent.Placed(command.Customer, command.Total));

            private Decision<OrderEvent> Decide(Cancel command, DecisionContext at) => IsPlaced ? Persist(new OrderEvent.Cancelled($"{command.Reason} at {at.Version}")) : Ignore();
        }

        [Aggregate(SnapshotEvery = 100)]
        public sealed partial class Turnover : IAggregate<Turnover, OrderEvent>
        {
            public decimal Amount { get; private set; }

            private void Apply(OrderEvent.Placed e) => Amount += e.Total.Amount;
        }

        [Explainer]
        public sealed partial class OrderExplainer : IEventExplainer<OrderEvent>;

        [Explainer]
        public sealed partial class AuditExplainer(System.IServiceProvider services) : IEventExplainer<OrderEvent>
        {
            private Explanation Explain(OrderEvent.Placed e, Envelope at) => new("Placed", $"{e.Customer} at {at.Version} by {services}");
        }

        public static class OrderRules
        {
            [Invariant("turnover-under-a-million", "Nobody turns over more than a million.", Monotone = true)]
            public static InvariantResult UnderAMillion(Turnover turnover) => InvariantResult.Check(turnover.Amount < 1_000_000m, $"{turnover.Amount}");

            [Invariant("reasons-are-given", "A cancellation has a reason.")]
            public static InvariantResult ReasonsAreGiven(OrderEvent.Cancelled e, Envelope at) => InvariantResult.Check(e.Reason.Length > 0, $"none at {at.Version}");
        }

        [Invariant]
        public sealed class NothingAfterTheEnd(System.TimeProvider clock) : IBisectInvariant
        {
            public string Name => "nothing-after-the-end";
            public string Description => "A cancelled order stays cancelled.";
            public System.Threading.Tasks.ValueTask<InvariantResult> Evaluate(IInvariantContext ctx) => new(InvariantResult.Check(ctx.Latest.RecordedAt <= clock.GetUtcNow(), "later than now"));
        }
        """;

    public const string History = """
        using System.Collections.Generic;
        using System.Linq;
        using System.Text.Json;
        using Nagare;
        namespace Shop;

        [PastEvent<OrderEvent>("cancelled", 1)]
        public sealed record CancelledV1(int Code, [property: FormerName("who")] string? By = null);

        [PastEvent<OrderEvent>("packed", 1), FormerName("boxed")]
        public sealed record PackedV1(IReadOnlyList<string> Buyers, Currency Currency);

        [PastEvent<OrderEvent>("packed", 2)]
        public sealed record PackedV2(string Buyer, Money Total);

        internal static class OrderHistory
        {
            [Upcaster] internal static OrderEvent.Cancelled Upcast(CancelledV1 old, EventMetadata at) => new($"code {old.Code} by {at.Actor}");

            [Upcaster] internal static IEnumerable<PackedV2> Upcast(PackedV1 old) => old.Buyers.Select(buyer => new PackedV2(buyer, new Money(0m, old.Currency)));

            [Upcaster] internal static OrderEvent Upcast(PackedV2 old, Envelope at) => new OrderEvent.Placed($"{old.Buyer} at {at.Version}", old.Total);

            [Upcaster("ticked", 1)] internal static IEnumerable<OrderEvent> Upcast(JsonElement json) => [];
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
