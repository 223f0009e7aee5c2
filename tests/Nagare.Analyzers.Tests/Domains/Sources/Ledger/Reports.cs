using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Nagare;

namespace Ledger
{
    // A second view of the same family, written wholly by hand.
    public sealed record Turnover(decimal In, decimal Out, int Count) : IAggregate<Turnover, AccountEvent>
    {
        static Turnover IAggregate<Turnover, AccountEvent>.Initial { get; } = new(0, 0, 0);

        static Turnover IAggregate<Turnover, AccountEvent>.Evolve(Turnover state, AccountEvent e) => e switch
        {
            Credited c => state with { In = state.In + c.Amount, Count = state.Count + 1 },
            Debited d => state with { Out = state.Out + d.Amount, Count = state.Count + 1 },
            _ => state,
        };
    }

    public interface IStatementWriter
    {
        Task Write(string text, CancellationToken token);
    }

    public sealed class Statements(IJournal journal, IAggregateRepository<Account> accounts, IStatementWriter writer) : IDisposable
    {
        private static int s_written;
        private readonly CancellationTokenSource _stop = new();

        public static int Written => s_written;

        public async Task Write(StreamId account, CancellationToken token)
        {
            var text = new StringBuilder().Append("printed ").AppendLine(DateTime.Now.ToString(CultureInfo.CurrentCulture));
            await foreach (var envelope in journal.Read(new JournalScope { Stream = account }).WithCancellation(token))
            {
                text.AppendLine($"{envelope.Version} {envelope.TypeName}");
            }

            await writer.Write(text.ToString(), token);
            Interlocked.Increment(ref s_written);
        }

        public async IAsyncEnumerable<decimal> Balances(IEnumerable<StreamId> ids, [EnumeratorCancellation] CancellationToken token = default)
        {
            foreach (var id in ids)
            {
                yield return (await accounts.Load(id, token)).State.Balance;
            }
        }

        // No token at hand: the class has its own, and gives it where it wants to.
        public async Task<CommandResult<Account>> Withdraw(StreamId id, decimal amount) =>
            await accounts.Execute(id, new Withdraw(Guid.NewGuid(), amount), new ExecuteOptions { MaxAttempts = 2 }, _stop.Token);

        public Task<CommandResult<Account>> Freeze(StreamId id, string reason)
        {
            var pending = accounts.Execute(id, new Freeze(Guid.NewGuid(), reason));
            return pending.AsTask();
        }

        public void FireAndForget(StreamId id)
        {
            // On purpose.
            _ = accounts.Execute(id, new Freeze(Guid.NewGuid(), "suspicious")).AsTask();
        }

        public async Task Transfer(StreamId from, StreamId to, decimal amount, CancellationToken token)
        {
            var entry = Guid.NewGuid();
            await journal.Append(
                new AppendRequest
                {
                    AppendId = Guid.CreateVersion7(),
                    Streams =
                    [
                        new(from, ExpectedVersion.Exists, [new(new Debited { EntryId = entry, Amount = amount })]),
                        new(to, ExpectedVersion.Exists, [new(new Credited { EntryId = entry, Amount = amount }, CausedBy: [0])]),
                    ],
                },
                token);
        }

        public void Dispose() => _stop.Dispose();
    }

    [Invariant]
    public sealed class NeverBelowOverdraft : IBisectInvariant
    {
        public string Name => "never-below-overdraft";
        public string Description => "No account goes below its overdraft.";

        public async ValueTask<InvariantResult> Evaluate(IInvariantContext ctx)
        {
            var account = await ctx.Load<Account>(ctx.StreamId);
            return InvariantResult.Check(account.Balance >= -500m, $"{account.Balance}");
        }
    }

    [EventModel]
    public partial class LedgerModel
    {
    }

    public static class LedgerSetup
    {
        // The model is added by a method of one's own.
        public static void Configure(NagareBuilder builder) => builder.AddModel<LedgerModel>();

        public static void AddLedger(IServiceCollection services) => services.AddNagare(builder =>
        {
            Configure(builder);
            builder.OnUnknownEvent(UnknownEventPolicy.Skip);
        });
    }
}
