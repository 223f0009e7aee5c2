namespace Nagare.Sqlite.Tests;

public class AppendTests : AppendPromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalFile());
}
