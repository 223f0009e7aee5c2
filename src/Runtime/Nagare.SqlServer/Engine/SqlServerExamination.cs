namespace Nagare.Storage;

/// <summary>What only SQL Server's own views tell: what it flushes before it answers, whether it takes writes, what this user may do.</summary>
internal sealed class SqlServerExamination(string place, SqlServerExaminationStatements statements, Func<string, CancellationToken, ValueTask<IReadOnlyList<object?[]>>> query)
{
    private const int DelayedDurabilityForced = 2;
    private const int NoPageVerification = 0;

    private readonly List<JournalFinding> _findings = [];

    public async ValueTask<IReadOnlyList<JournalFinding>> Run(ExaminationDepth depth, CancellationToken cancellationToken)
    {
        await CheckSettings(cancellationToken).ConfigureAwait(false);
        if (depth != ExaminationDepth.Settings)
        {
            await CheckForeignTriggers(cancellationToken).ConfigureAwait(false);
            await CheckRights(cancellationToken).ConfigureAwait(false);
        }

        return _findings;
    }

    private async ValueTask CheckSettings(CancellationToken cancellationToken)
    {
        // Nothing where the login does not see its own database in the catalog, which is no failure of the database.
        if (await query(statements.ReadDurability, cancellationToken).ConfigureAwait(false) is not [[var delayedDurability, var pageVerification, var isReadOnly, var updateability, var isBabelfish]])
        {
            return;
        }

        if (isReadOnly is 1 || updateability is "READ_ONLY")
        {
            _findings.Add(CommonFindings.ReadOnly($"The database of {place} takes no writes: it is read-only, or a secondary."));
        }

        // Babelfish fills these columns for the tools that ask, and flushes as PostgreSQL is set; of that it says nothing here.
        if (isBabelfish is 1)
        {
            return;
        }

        if (delayedDurability is DelayedDurabilityForced)
        {
            _findings.Add(CommonFindings.NotDurable("delayed_durability", "forced", "a crash of the server loses what it acknowledged in the last moments", "Set delayed_durability of the database to disabled, or to allowed, under which a journal's commits wait."));
        }

        if (pageVerification is NoPageVerification)
        {
            _findings.Add(CommonFindings.NotDurable("page_verify", "none", "a page that was half written when the machine went down is read as if it were whole", "Set page_verify of the database to checksum."));
        }
    }

    private async ValueTask CheckForeignTriggers(CancellationToken cancellationToken)
    {
        var names = await query(statements.ReadForeignTriggers, cancellationToken).ConfigureAwait(false);
        if (names.Count > 0)
        {
            _findings.Add(CommonFindings.ForeignTriggers(place, names.Select(row => (string)row[0]!)));
        }
    }

    private async ValueTask CheckRights(CancellationToken cancellationToken)
    {
        if (await query(statements.ReadRights, cancellationToken).ConfigureAwait(false) is not [[string user, var mayChange, var mayAlter, var mayAppend]])
        {
            return;
        }

        // Null is of a table that is not there, which is said elsewhere.
        var wide = mayAlter is 1 ? "may redefine the journal's tables" : mayChange is 1 ? "may change or delete events" : null;
        if (wide is not null)
        {
            _findings.Add(CommonFindings.WideRights($"The user {VisibleText.Line(user)} {wide}.", "Let the application use a user of its own; 'nagare schema-sql --role USER' prints what it needs."));
        }

        if (mayAppend is 0)
        {
            _findings.Add(CommonFindings.MissingRights($"The user {VisibleText.Line(user)} lacks a right that appending or reading needs.", "Run what 'nagare schema-sql --role USER --grants-only' prints, as the tables' owner."));
        }
    }
}
