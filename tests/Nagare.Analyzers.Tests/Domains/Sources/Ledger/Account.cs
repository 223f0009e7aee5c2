using Nagare;

namespace Ledger
{
    // Style: mutable classes, block namespaces, static handlers, explicit interface members, no nesting of events.
    [EventFamily("account")]
    public abstract partial record AccountEvent
    {
        public required Guid EntryId { get; init; }
        public DateTime BookedOn { get; init; }
    }

    [Event("opened")]
    public sealed record AccountOpened : AccountEvent
    {
        public required string Owner { get; init; }
        public string Iban { get; init; } = "";
    }

    public abstract record Booking : AccountEvent
    {
        public required decimal Amount { get; init; }
        public string? Memo { get; init; }
        public abstract int Sign { get; }
    }

    [Event("credited")]
    public sealed record Credited : Booking
    {
        public override int Sign => 1;
    }

    [Event("debited")]
    public sealed record Debited : Booking
    {
        public override int Sign => -1;
    }

    [Event("frozen")]
    public sealed record Frozen(string Reason, TimeSpan? For) : AccountEvent;

    [Event("closed")]
    public sealed record AccountClosed(IReadOnlyList<string> Papers) : AccountEvent;

    [Explainer]
    public sealed class AccountExplainer : IEventExplainer<AccountEvent>
    {
        public Explanation Explain(AccountEvent e)
        {
            switch (e)
            {
                case AccountOpened opened:
                    return new Explanation("Account opened", opened.Owner);
                case Credited or Debited:
                    var booking = (Booking)e;
                    return new Explanation(booking.Sign > 0 ? "Credited" : "Debited", $"{booking.Amount:0.00}");
                case Frozen { Reason: var reason }:
                    return new Explanation("Frozen", reason);
                case AccountClosed:
                    return new Explanation("Closed");
                default:
                    return new Explanation("Event", e.GetType().Name);
            }
        }
    }

    [Aggregate(IgnoreRest = true, SnapshotEvery = 100)]
    public sealed partial class Account : IAggregate<Account, AccountEvent>
    {
        private const decimal Overdraft = -500m;
        private readonly Dictionary<string, decimal> _entries = [];
        private int _debits;

        public string Owner { get; private set; } = "";
        public decimal Balance { get; private set; }
        public List<string> Memos { get; } = [];
        public bool IsFrozen { get; private set; }
        public int Entries => _entries.Count;

        private void Apply(AccountOpened e)
        {
            Owner = e.Owner;
            Balance = 0;
        }

        private void Apply(Booking e)
        {
            if (!_entries.TryAdd(e.EntryId.ToString(), e.Amount))
            {
                return;
            }

            Balance += Signed(e);
            if (e is Debited)
            {
                _debits++;
            }

            if (!string.IsNullOrWhiteSpace(e.Memo))
            {
                Memos.Add(Shorten(e.Memo));
            }
        }

        private static Account Apply(Account state, Frozen e)
        {
            state.IsFrozen = e.For != TimeSpan.Zero;
            return state;
        }

        private static decimal Signed(Booking booking) => booking.Sign * booking.Amount;

        private static string Shorten(string memo) => memo.Length <= 40 ? memo : string.Concat(memo.AsSpan(0, 40), "…");

        private bool Covers(decimal amount) => Balance - amount >= Overdraft;

        private Decision<AccountEvent> Decide(Withdraw command, DecisionContext at)
        {
            if (IsFrozen)
            {
                return Reject("the account is frozen", "frozen");
            }

            var fee = 0m;
            if (_debits > 10)
            {
                fee += 0.5m;
            }

            var checkedOut = new Dictionary<string, decimal> { ["amount"] = command.Amount };
            checkedOut["fee"] = fee;
            return Covers(command.Amount + fee)
                ? Persist(new Debited { EntryId = command.EntryId, BookedOn = at.Now.UtcDateTime, Amount = checkedOut.Values.Sum() })
                : Reject("not enough", "balance");
        }

        private static Decision<AccountEvent> Decide(Account state, Freeze command) =>
            state.IsFrozen ? Ignore() : Persist(new Frozen(command.Reason, For: null) { EntryId = command.EntryId });
    }

    public sealed record Withdraw(Guid EntryId, decimal Amount) : ICommand<Account>;

    [Command("freeze")]
    public sealed record Freeze(Guid EntryId, string Reason) : ICommand<Account>;
}
