namespace Nagare.SqlServer.Tests;

public class SharingTests : SharingPromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalSchema());
}
