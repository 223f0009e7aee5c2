using Check = Nagare.CodeFixes.Tests.FixTest<Nagare.Analyzers.DroppedTokenAnalyzer, Nagare.CodeFixes.DroppedTokenCodeFix>;

namespace Nagare.CodeFixes.Tests;

public class DroppedTokenCodeFixTests
{
    [Fact]
    public Task Tokens_are_handed_on() => Check.Makes(
        "NAG1006.Fix",
        ["""
            using System.Threading;
            using System.Threading.Tasks;
            public sealed class Desk(IJournal journal)
            {
                public async Task Work(CancellationToken stop)
                {
                    await journal.{|NAG1006:Head|}();
                    await journal.{|NAG1006:Find|}(Guid.Empty);
                    await journal.{|NAG1006:Find|}(eventId: Guid.Empty);
                }
            }
            """],
        ["""
            using System.Threading;
            using System.Threading.Tasks;
            public sealed class Desk(IJournal journal)
            {
                public async Task Work(CancellationToken stop)
                {
                    await journal.Head(stop);
                    await journal.Find(Guid.Empty, stop);
                    await journal.Find(eventId: Guid.Empty, cancellationToken: stop);
                }
            }
            """]);
}
