namespace Nagare.SqlServer.Tests;

public class LeakTests : LeakPromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalSchema());

    // Who waits for a row that nobody holds gets it; the server notices that a statement was cut off a moment later. Sessions are counted where they are closed (FaultTests).
    protected override async Task CheckNothingIsHeld(ITestPlace place)
    {
        await ((JournalSchema)place).Scalar($"""
            set lock_timeout {Patience.TotalMilliseconds};
            begin transaction;
            update $s.nagare_head set position = position where id = 1;
            select count(*) from $s.nagare_events;
            rollback
            """);
    }
}
