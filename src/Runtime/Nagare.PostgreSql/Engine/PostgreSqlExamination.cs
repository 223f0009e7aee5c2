using System.Globalization;

namespace Nagare.Storage;

/// <summary>What only PostgreSQL's own words tell: what it flushes, whether it takes writes, how many connections are left, what this role may do.</summary>
internal sealed class PostgreSqlExamination(string place, string schemaName, Func<string, CancellationToken, ValueTask<IReadOnlyList<object?[]>>> query)
{
    private const string ReadSettings = """
        select current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit'), pg_catalog.pg_is_in_recovery(), current_setting('transaction_read_only')
        """;

    // Background workers and the places kept for superusers are not for a journal.
    private const string ReadConnections = """
        select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                 - (select count(*)::int from pg_catalog.pg_stat_activity where backend_type = 'client backend' and pid <> pg_catalog.pg_backend_pid()),
               (select rolconnlimit from pg_catalog.pg_roles where rolname = current_user),
               (select datconnlimit from pg_catalog.pg_database where datname = current_database())
        """;

    private const string ReadRights = """
        select current_user::text,
               (select rolsuper from pg_catalog.pg_roles where rolname = current_user),
               exists (select from pg_catalog.pg_class c where c.oid = 'nagare_events'::regclass and pg_catalog.pg_has_role(current_user, c.relowner, 'usage')),
               has_table_privilege('nagare_events', 'update, delete, truncate, trigger'),
               has_table_privilege('nagare_events', 'select') and has_table_privilege('nagare_events', 'insert')
                 and has_table_privilege('nagare_head', 'select') and has_table_privilege('nagare_head', 'update')
                 and has_table_privilege('nagare_links', 'insert') and has_table_privilege('nagare_types', 'select') and has_table_privilege('nagare_types', 'insert')
        """;

    private readonly List<JournalFinding> _findings = [];

    private string ReadForeignTriggers => $"""
        select t.tgname::text from pg_catalog.pg_trigger t join pg_catalog.pg_class c on c.oid = t.tgrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where n.nspname = '{schemaName}' and c.relname like 'nagare\_%' and not t.tgisinternal
          and t.tgname not in ('nagare_events_refuse_update', 'nagare_links_refuse_update', 'nagare_tree_refuse_update', 'nagare_head_refuse_backwards', 'nagare_head_refuse_delete')
        union all
        select rulename::text from pg_catalog.pg_rules where schemaname = '{schemaName}' and tablename like 'nagare\_%'
        """;

    private string CountTables => $"""
        select count(*) from pg_catalog.pg_tables where schemaname = '{schemaName}' and tablename in ('nagare_events', 'nagare_head', 'nagare_links', 'nagare_types')
        """;

    public async ValueTask<IReadOnlyList<JournalFinding>> Run(ExaminationDepth depth, int connections, CancellationToken cancellationToken)
    {
        await CheckSettings(cancellationToken).ConfigureAwait(false);
        if (depth != ExaminationDepth.Settings)
        {
            await CheckConnections(connections, cancellationToken).ConfigureAwait(false);
            await CheckForeignTriggers(cancellationToken).ConfigureAwait(false);
            if ((await query(CountTables, cancellationToken).ConfigureAwait(false))[0][0] is 4L)
            {
                await CheckRights(cancellationToken).ConfigureAwait(false);
            }
        }

        return _findings;
    }

    private async ValueTask CheckSettings(CancellationToken cancellationToken)
    {
        var row = (await query(ReadSettings, cancellationToken).ConfigureAwait(false))[0];
        if ((string)row[0]! == "off")
        {
            _findings.Add(CommonFindings.NotDurable("fsync", "off", "a crash of the machine can lose the newest appends and damage the whole database", "Set fsync = on in postgresql.conf and reload the server."));
        }

        if ((string)row[1]! == "off")
        {
            _findings.Add(CommonFindings.NotDurable("full_page_writes", "off", "a page that was half written when the machine went down cannot be repaired", "Set full_page_writes = on in postgresql.conf and reload the server, unless the file system never tears a page."));
        }

        if ((string)row[2]! == "off")
        {
            _findings.Add(CommonFindings.NotDurable("synchronous_commit", "off", "a crash of the server loses what it acknowledged in the last moments", "Set synchronous_commit = on, for the role, the database or the server; for this role: alter role … reset synchronous_commit."));
        }

        if (row[3] is true)
        {
            _findings.Add(CommonFindings.ReadOnly($"The server of {place} is a standby."));
        }
        else if ((string)row[4]! == "on")
        {
            _findings.Add(CommonFindings.ReadOnly($"The server of {place} takes no writes: transactions are read-only."));
        }
    }

    private async ValueTask CheckConnections(int needed, CancellationToken cancellationToken)
    {
        var row = (await query(ReadConnections, cancellationToken).ConfigureAwait(false))[0];
        foreach (var (left, whose) in new[] { (row[0], "the server has room for"), (row[1], "this role may have"), (row[2], "this database may have") })
        {
            // -1 is no limit.
            if (Convert.ToInt64(left ?? -1, CultureInfo.InvariantCulture) is var count && count < needed && (count >= 0 || whose.StartsWith("the server", StringComparison.Ordinal)))
            {
                _findings.Add(new JournalFinding(
                    "connections.few",
                    FindingSeverity.Warning,
                    $"A journal opens up to {needed} connections, and {whose} {Math.Max(0, count)}.",
                    "Readers, or the writer after a lost connection, are refused just when there is much to do.",
                    "Raise max_connections or the limit of the role or database, or lower MaxReadConnections."));
            }
        }
    }

    private async ValueTask CheckForeignTriggers(CancellationToken cancellationToken)
    {
        var names = await query(ReadForeignTriggers, cancellationToken).ConfigureAwait(false);
        if (names.Count > 0)
        {
            _findings.Add(CommonFindings.ForeignTriggers(place, names.Select(row => (string)row[0]!)));
        }
    }

    private async ValueTask CheckRights(CancellationToken cancellationToken)
    {
        var row = (await query(ReadRights, cancellationToken).ConfigureAwait(false))[0];
        var role = VisibleText.Line((string)row[0]!);
        var isWide = row[1] is true ? "is a superuser" : row[2] is true ? "owns the journal's tables" : row[3] is true ? "may change, delete or truncate events, or add triggers to them" : null;
        if (isWide is not null)
        {
            _findings.Add(CommonFindings.WideRights($"The role {role} {isWide}.", "Let the application use a role of its own; 'nagare schema-sql --role ROLE' prints what it needs."));
        }

        if (row[4] is not true)
        {
            _findings.Add(CommonFindings.MissingRights($"The role {role} lacks a right that appending or reading needs.", "Run what 'nagare schema-sql --role ROLE --grants-only' prints, as the tables' owner."));
        }
    }
}
