using System.Globalization;
using MySqlConnector;

namespace Nagare.Storage;

/// <summary>Checks that a server is one on which a journal keeps its promises.</summary>
internal static class MySqlServer
{
    // MySQL compares texts byte by byte, without padding them, from this release on (utf8mb4_0900_bin).
    private static readonly Version MinMySqlVersion = new(8, 0, 17);

    // The oldest release that is asked for; the suite runs on 10.11.
    private static readonly Version MinMariaDbVersion = new(10, 6);

    private const string ReadSettings = """
        select version(), concat(@@innodb_flush_log_at_trx_commit), concat(@@sync_binlog), concat(@@log_bin), concat(@@innodb_doublewrite),
               concat(@@max_allowed_packet), @@lower_case_table_names <> 0
        """;

    public static async ValueTask<string> Check(MySqlConnection connection, string database, string place, CancellationToken cancellationToken)
    {
        var command = new MySqlCommand(ReadSettings, connection);
        await using (command.ConfigureAwait(false))
        {
            var row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (row.ConfigureAwait(false))
            {
                await row.ReadAsync(cancellationToken).ConfigureAwait(false);
                var text = row.GetString(0);
                var isMariaDb = text.Contains("MariaDB", StringComparison.OrdinalIgnoreCase);
                var (name, oldest) = isMariaDb ? ("MariaDB", MinMariaDbVersion) : ("MySQL", MinMySqlVersion);
                if (VersionOf(text) < oldest)
                {
                    throw new JournalUnavailableException($"The journal in {place} is on {name} {text}; a journal needs {oldest} or newer.");
                }

                if (row.GetInt64(6) != 0 && database.Any(char.IsAsciiLetterUpper))
                {
                    throw new JournalSchemaException($"The server of {place} does not tell names apart by case, so two journals could become one. Name the database in lower case; nothing was changed.");
                }

                return string.Create(CultureInfo.InvariantCulture,
                    $"{name} {text}, innodb_flush_log_at_trx_commit {row.GetString(1)}, log_bin {row.GetString(3)}, sync_binlog {row.GetString(2)}, innodb_doublewrite {row.GetString(4)}, max_allowed_packet {row.GetString(5)}");
            }
        }
    }

    // What follows the numbers is the distribution's.
    private static Version VersionOf(string text)
    {
        var numbers = new string([.. text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.')]).TrimEnd('.');
        return Version.TryParse(numbers, out var version) ? version : new Version(0, 0);
    }
}
