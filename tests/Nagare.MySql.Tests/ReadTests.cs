namespace Nagare.MySql.Tests;

public class MySqlReadTests : ReadPromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalDatabase(Server.MySql));
}

public class MariaDbReadTests : ReadPromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalDatabase(Server.MariaDb));
}
