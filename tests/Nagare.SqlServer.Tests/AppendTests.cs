namespace Nagare.SqlServer.Tests;

public class AppendTests : AppendPromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalSchema());
}
