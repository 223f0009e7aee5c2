namespace Nagare.SqlServer.Tests;

public class RestoreTests : RestorePromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalSchema());
}
