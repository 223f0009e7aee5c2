namespace Nagare.SqlServer.Tests;

public class ReadTests : ReadPromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalSchema());
}
