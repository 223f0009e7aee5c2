namespace Nagare.Sqlite.Tests;

public class RestoreTests : RestorePromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalFile());
}
