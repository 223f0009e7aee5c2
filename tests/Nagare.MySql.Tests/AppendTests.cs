namespace Nagare.MySql.Tests;

public class MySqlAppendTests : AppendPromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalDatabase(Server.MySql));
}

public class MariaDbAppendTests : AppendPromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalDatabase(Server.MariaDb));
}
