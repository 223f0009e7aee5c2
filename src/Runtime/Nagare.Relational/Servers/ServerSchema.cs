using System.Data.Common;
using System.Globalization;

namespace Nagare.Storage;

/// <summary>Creates, upgrades and checks the tables of a journal on a server. Runs when it is asked to and when a journal is opened, never on the data path.</summary>
internal sealed class ServerSchema(ServerDialect dialect)
{
    private readonly ServerTables _tables = dialect.Tables;

    /// <summary>All statements as one text: what <see cref="Create"/> runs.</summary>
    public string Script => _tables.Script;

    /// <summary>Makes the place a journal, or checks that it is one. Returns the server's version.</summary>
    public async ValueTask<string> Prepare(JournalSchemaHandling handling, CancellationToken cancellationToken)
    {
        var connection = await Connect(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            try
            {
                var server = await dialect.CheckServer(connection, cancellationToken).ConfigureAwait(false);
                if (handling != JournalSchemaHandling.CheckOnly && !await IsPresent(connection, cancellationToken).ConfigureAwait(false))
                {
                    await Create(connection, cancellationToken).ConfigureAwait(false);
                }
                else if (handling == JournalSchemaHandling.CreateOrUpgrade && await ReadFormat(connection, cancellationToken).ConfigureAwait(false) < _tables.FormatVersion)
                {
                    await Upgrade(connection, cancellationToken).ConfigureAwait(false);
                }

                await Check(connection, cancellationToken).ConfigureAwait(false);
                return server;
            }
            catch (Exception failure) when (ServerErrors.IsOfClient(failure))
            {
                throw ServerErrors.ForReader(dialect, failure);
            }
        }
    }

    /// <summary>Brings the tables of an older release to this one's format, a version at a time, all in one change where the database can.</summary>
    public async ValueTask Upgrade(CancellationToken cancellationToken)
    {
        var connection = await Connect(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            try
            {
                await dialect.CheckServer(connection, cancellationToken).ConfigureAwait(false);
                await Upgrade(connection, cancellationToken).ConfigureAwait(false);
                await Check(connection, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (ServerErrors.IsOfClient(failure))
            {
                throw ServerErrors.ForReader(dialect, failure);
            }
        }
    }

    /// <summary>Refuses a journal of another format.</summary>
    /// <exception cref="JournalSchemaException">The tables are missing, or of another version.</exception>
    public async ValueTask CheckFormat(DbConnection connection, CancellationToken cancellationToken)
    {
        if (!await IsPresent(connection, cancellationToken).ConfigureAwait(false))
        {
            throw Missing();
        }

        if (await ReadFormat(connection, cancellationToken).ConfigureAwait(false) is var version && version != _tables.FormatVersion)
        {
            throw WrongFormat(version);
        }
    }

    private async ValueTask Check(DbConnection connection, CancellationToken cancellationToken)
    {
        await CheckFormat(connection, cancellationToken).ConfigureAwait(false);
        var missing = await ReadMissing(connection, cancellationToken).ConfigureAwait(false);
        if (missing.Count > 0)
        {
            throw new JournalSchemaException(
                $"The journal in {dialect.Place} is not as this build made it: missing or switched off are {string.Join(", ", missing.Order(StringComparer.Ordinal))}. Compare it with the schema script, put back what is missing, and find out who took it; nothing was changed.");
        }
    }

    /// <summary>What of the tables, indexes and triggers is missing or switched off.</summary>
    public async ValueTask<List<string>> ReadMissing(DbConnection connection, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = _tables.ReadMissing;
            var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    missing.Add(rows.GetString(0));
                }
            }
        }

        return missing;
    }

    // Another process may create the same journal at this moment: who gets the lock second finds it done.
    private async ValueTask Create(DbConnection connection, CancellationToken cancellationToken)
    {
        await BeginChange(connection, cancellationToken).ConfigureAwait(false);
        if (!await IsPresent(connection, cancellationToken).ConfigureAwait(false))
        {
            foreach (var statement in _tables.Create)
            {
                await Execute(connection, statement, cancellationToken).ConfigureAwait(false);
            }
        }

        await Execute(connection, _tables.EndChange, cancellationToken).ConfigureAwait(false);
    }

    // A server whose lock answers, rather than fails, says 0 where another process held it for too long.
    private async ValueTask BeginChange(DbConnection connection, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = _tables.BeginChange;
            if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is 0 or 0L)
            {
                throw new JournalBusyException(dialect.BusyTimeout);
            }
        }
    }

    // Two may find it old at the same moment: who gets the lock second finds it done.
    private async ValueTask Upgrade(DbConnection connection, CancellationToken cancellationToken)
    {
        await BeginChange(connection, cancellationToken).ConfigureAwait(false);
        var found = await IsPresent(connection, cancellationToken).ConfigureAwait(false)
            ? await ReadFormat(connection, cancellationToken).ConfigureAwait(false)
            : throw Missing();
        for (var version = found; version < _tables.FormatVersion; version++)
        {
            if (!_tables.Upgrades.TryGetValue(version, out var statements))
            {
                throw WrongFormat(version);
            }

            foreach (var statement in statements)
            {
                await Execute(connection, statement, cancellationToken).ConfigureAwait(false);
            }
        }

        await Execute(connection, _tables.EndChange, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<DbConnection> Connect(CancellationToken cancellationToken)
    {
        try
        {
            return await dialect.Connect(ServerConnectionUse.Schema, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (ServerErrors.IsOfClient(failure))
        {
            throw ServerErrors.ForReader(dialect, failure);
        }
    }

    private async ValueTask<bool> IsPresent(DbConnection connection, CancellationToken cancellationToken) =>
        await Number(connection, _tables.CountFormatTables, cancellationToken).ConfigureAwait(false) > 0;

    private async ValueTask<int> ReadFormat(DbConnection connection, CancellationToken cancellationToken) =>
        (int)await Number(connection, _tables.ReadFormat, cancellationToken).ConfigureAwait(false);

    private static async ValueTask<long> Number(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql;
            var value = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            return value is null or DBNull ? 0 : Convert.ToInt64(value, CultureInfo.InvariantCulture);
        }
    }

    private static async ValueTask Execute(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private JournalSchemaException Missing() => new(
        $"The journal's tables are missing in {dialect.Place}. Run its schema script, or open it once with JournalSchemaHandling.CreateIfMissing as a role that may create tables; nothing was changed.");

    private JournalSchemaException WrongFormat(int version) => new(
        $"The journal in {dialect.Place} has format version {version}, this build knows {_tables.FormatVersion}. "
        + (version > _tables.FormatVersion ? "Use the newer build that wrote it; nothing was changed."
            : _tables.Upgrades.ContainsKey(version) ? "Upgrade it with UpgradeSchema, or open it once with JournalSchemaHandling.CreateOrUpgrade; nothing was changed."
            : "It is no format that was ever released; nothing was changed."));
}
