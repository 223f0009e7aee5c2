using Nagare.Storage;
using Npgsql;

namespace Nagare.PostgreSql.Tests;

public class WireTests : WirePromises
{
    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalSchema());

    private protected override ValueTask<FaultProxy> NewProxy()
    {
        var settings = new NpgsqlConnectionStringBuilder(Server.ConnectionString);
        return new(FaultProxy.To(settings.Host!, settings.Port));
    }

    private protected override async Task<RelationalJournal> Open(ITestPlace place, FaultProxy proxy, AppendQueueLimits? queue = null, TimeSpan? commandTimeout = null) =>
        await ((JournalSchema)place).Open(options =>
        {
            options.ConnectionString = new NpgsqlConnectionStringBuilder(options.ConnectionString)
            {
                Host = "127.0.0.1",
                Port = proxy.Port,
                SslMode = SslMode.Disable,
                Timeout = (int)ShortCommandTimeout.TotalSeconds,
            }.ConnectionString;
            options.Queue = queue ?? options.Queue;
            options.CommandTimeout = commandTimeout ?? options.CommandTimeout;
        });
}
