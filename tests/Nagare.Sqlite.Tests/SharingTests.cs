namespace Nagare.Sqlite.Tests;

public class SharingTests : SharingPromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalFile());
}
