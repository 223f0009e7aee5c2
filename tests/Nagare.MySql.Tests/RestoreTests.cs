namespace Nagare.MySql.Tests;

public class MySqlRestoreTests : RestorePromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalDatabase(Server.MySql));
}

public class MariaDbRestoreTests : RestorePromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalDatabase(Server.MariaDb));
}
