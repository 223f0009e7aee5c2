using Microsoft.Data.SqlClient;

namespace Nagare.Storage;

/// <summary>Checks that a server is one on which a journal keeps its promises.</summary>
internal static class SqlServerInstance
{
    // SQL Server 2014, which is also what Azure SQL and Babelfish say they are. No statement needs more.
    private const int MinMajorVersion = 12;

    private const int DelayedDurabilityForced = 2;

    public static async ValueTask<string> Check(SqlConnection connection, string readServer, string place, CancellationToken cancellationToken)
    {
        var command = new SqlCommand(readServer, connection);
        await using (command.ConfigureAwait(false))
        {
            var row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (row.ConfigureAwait(false))
            {
                await row.ReadAsync(cancellationToken).ConfigureAwait(false);
                var version = row.GetString(0);
                if (!Version.TryParse(version, out var parsed) || parsed.Major < MinMajorVersion)
                {
                    throw new JournalUnavailableException($"The journal in {place} is on SQL Server {version}; a journal needs {MinMajorVersion}.0 (SQL Server 2014) or newer.");
                }

                var rowVersions = row.GetInt32(2) == 1 ? "on" : "off";
                var delayedDurability = row.GetInt32(3) == DelayedDurabilityForced ? "forced" : "not forced";
                return $"SQL Server {version}, {row.GetString(1)}, read_committed_snapshot {rowVersions}, delayed_durability {delayedDurability}";
            }
        }
    }
}
