using System.Globalization;
using Microsoft.Data.SqlClient;
using Nagare.Storage;

namespace Nagare.SqlServer.Tests;

public class WireTests : WirePromises
{
    // Longer than a server takes that is slow to parse.
    protected override TimeSpan ShortCommandTimeout => TimeSpan.FromSeconds(20);

    protected override ValueTask<ITestPlace> NewPlace() => new(new JournalSchema());

    private protected override async ValueTask<FaultProxy> NewProxy()
    {
        var endPoint = SqlServerPlaces.EndPointOf(new SqlConnectionStringBuilder(Server.ConnectionString).DataSource);
        Assert.SkipWhen(endPoint is null, "SQL Server: NAGARE_SQLSERVER names an instance; a proxy needs its port");
        var isEncrypted = await Server.Scalar(
            "select cast(encrypt_option as nvarchar(40)) from sys.dm_exec_connections where session_id = @@spid", Unencrypted(Server.ConnectionString).ConnectionString);
        Assert.SkipWhen(isEncrypted is "TRUE", "SQL Server: it takes only encrypted connections, in which a proxy sees no payload");
        return FaultProxy.To(endPoint!.Host, endPoint.Port);
    }

    private protected override async Task<RelationalJournal> Open(ITestPlace place, FaultProxy proxy, AppendQueueLimits? queue = null, TimeSpan? commandTimeout = null) =>
        await ((JournalSchema)place).Open(options =>
        {
            var settings = Unencrypted(options.ConnectionString);
            settings.DataSource = string.Create(CultureInfo.InvariantCulture, $"tcp:127.0.0.1,{proxy.Port}");
            options.ConnectionString = settings.ConnectionString;
            options.Queue = queue ?? options.Queue;
            options.CommandTimeout = commandTimeout ?? options.CommandTimeout;
        });

    private SqlConnectionStringBuilder Unencrypted(string connectionString) => new(connectionString)
    {
        Encrypt = SqlConnectionEncryptOption.Optional,
        ConnectTimeout = (int)ShortCommandTimeout.TotalSeconds,
    };
}
