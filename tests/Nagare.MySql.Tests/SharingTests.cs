namespace Nagare.MySql.Tests;

public class MySqlSharingTests : SharingPromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalDatabase(Server.MySql));
}

public class MariaDbSharingTests : SharingPromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalDatabase(Server.MariaDb));
}
