using Check = Nagare.CodeFixes.Tests.FixTest<Nagare.Analyzers.UnawaitedCallAnalyzer, Nagare.CodeFixes.UnawaitedCallCodeFix>;

namespace Nagare.CodeFixes.Tests;

public class UnawaitedCallCodeFixTests
{
    [Fact]
    public Task Calls_are_awaited() => Check.Makes(
        "NAG1005.Fix",
        ["""
            using System.Threading;
            using System.Threading.Tasks;
            public sealed class Desk(IJournal journal)
            {
                public async Task Work(CancellationToken ct)
                {
                    // The head.
                    {|NAG1005:journal.Head(ct)|};
                    {|NAG1005:journal.Head(ct).ConfigureAwait(false)|};
                }
            }
            """],
        ["""
            using System.Threading;
            using System.Threading.Tasks;
            public sealed class Desk(IJournal journal)
            {
                public async Task Work(CancellationToken ct)
                {
                    // The head.
                    await journal.Head(ct);
                    await journal.Head(ct).ConfigureAwait(false);
                }
            }
            """]);

    [Fact]
    public Task Where_nothing_can_wait_nothing_is_offered() => Check.OffersNothing("""
        public sealed class Desk(IJournal journal)
        {
            public void Work() { {|NAG1005:journal.Head()|}; }
        }
        """);
}
