namespace Nagare.Storage;

/// <summary>What only the server's own variables tell: what MySQL or MariaDB flushes before it answers, and whether it takes writes.</summary>
internal sealed class MySqlExamination(string place, Func<string, CancellationToken, ValueTask<IReadOnlyList<object?[]>>> query)
{
    // As text, because the two servers give them different types.
    private const string ReadSettings = """
        select concat(@@innodb_flush_log_at_trx_commit), concat(@@log_bin), concat(@@sync_binlog), concat(@@innodb_doublewrite), concat(@@read_only)
        """;

    private readonly List<JournalFinding> _findings = [];

    public async ValueTask<IReadOnlyList<JournalFinding>> Run(CancellationToken cancellationToken)
    {
        if (await query(ReadSettings, cancellationToken).ConfigureAwait(false) is not [[string flush, string log, string syncLog, string doublewrite, string readOnly]])
        {
            return _findings;
        }

        // 3 is MariaDB's: flushed, and again with the binary log.
        if (flush is not ("1" or "3"))
        {
            _findings.Add(CommonFindings.NotDurable("innodb_flush_log_at_trx_commit", flush, "a crash of the machine, and with 0 of the server, loses what was acknowledged in the last second", "Set innodb_flush_log_at_trx_commit = 1 in the server's configuration, and with set global for the server that runs."));
        }

        // After a crash the server takes back what its binary log does not have.
        if (IsOn(log) && syncLog != "1")
        {
            _findings.Add(CommonFindings.NotDurable("sync_binlog", syncLog, "a crash of the machine takes back acknowledged appends that the binary log did not have on the disk yet", "Set sync_binlog = 1 in the server's configuration, and with set global for the server that runs."));
        }

        if (!IsOn(doublewrite))
        {
            _findings.Add(CommonFindings.NotDurable("innodb_doublewrite", doublewrite, "a page that was half written when the machine went down cannot be repaired", "Set innodb_doublewrite = ON in the server's configuration and start it again, unless the file system never tears a page."));
        }

        if (IsOn(readOnly))
        {
            _findings.Add(CommonFindings.ReadOnly($"The server of {place} takes no writes: read_only is set, as on a replica."));
        }

        return _findings;
    }

    // Whatever the release calls it: 1, ON, DETECT_AND_RECOVER, fast.
    private static bool IsOn(string value) => value.ToUpperInvariant() is not ("0" or "OFF" or "DETECT_ONLY");
}
