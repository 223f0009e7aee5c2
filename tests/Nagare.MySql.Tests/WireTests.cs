using MySqlConnector;
using Nagare.Storage;

namespace Nagare.MySql.Tests;

public abstract class WireTests(Server server) : WirePromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalDatabase(server));

    private protected override ValueTask<FaultProxy> NewProxy()
    {
        var settings = new MySqlConnectionStringBuilder(server.ConnectionString);
        return new(FaultProxy.To(settings.Server, (int)settings.Port));
    }

    private protected override async Task<RelationalJournal> Open(ITestPlace place, FaultProxy proxy, AppendQueueLimits? queue = null, TimeSpan? commandTimeout = null) =>
        await ((JournalDatabase)place).Open(options =>
        {
            options.ConnectionString = new MySqlConnectionStringBuilder(options.ConnectionString)
            {
                Server = "127.0.0.1",
                Port = (uint)proxy.Port,
                SslMode = MySqlSslMode.None,
                AllowPublicKeyRetrieval = true,
                ConnectionTimeout = (uint)ShortCommandTimeout.TotalSeconds,
            }.ConnectionString;
            options.Queue = queue ?? options.Queue;
            options.CommandTimeout = commandTimeout ?? options.CommandTimeout;
        });
}

public class MySqlWireTests() : WireTests(Server.MySql);

public class MariaDbWireTests() : WireTests(Server.MariaDb);
