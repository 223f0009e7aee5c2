using Npgsql;

namespace Nagare.Storage;

/// <summary>Checks that a server is one on which a journal keeps its promises.</summary>
internal static class PostgreSqlServer
{
    // The oldest release on which the conformance suite ran.
    private const int MinMajorVersion = 15;

    private const string ReadSettings = """
        select current_setting('server_encoding'), current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit')
        """;

    public static async ValueTask<string> Check(NpgsqlConnection connection, string place, CancellationToken cancellationToken)
    {
        if (connection.PostgreSqlVersion.Major < MinMajorVersion)
        {
            throw new JournalUnavailableException($"The journal in {place} is on PostgreSQL {connection.PostgreSqlVersion}; a journal needs {MinMajorVersion} or newer.");
        }

        var command = new NpgsqlCommand(ReadSettings, connection);
        await using (command.ConfigureAwait(false))
        {
            var row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (row.ConfigureAwait(false))
            {
                await row.ReadAsync(cancellationToken).ConfigureAwait(false);
                if (row.GetString(0) is var encoding && encoding != "UTF8")
                {
                    throw new JournalSchemaException($"The database of {place} keeps text as {encoding}; a journal needs UTF8. Create a database with encoding 'UTF8'; nothing was changed.");
                }

                return $"PostgreSQL {connection.PostgreSqlVersion}, fsync {row.GetString(1)}, full_page_writes {row.GetString(2)}, synchronous_commit {row.GetString(3)}";
            }
        }
    }
}
