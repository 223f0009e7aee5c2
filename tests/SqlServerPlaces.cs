using System.Data.Common;
using System.Globalization;
using System.Net;

namespace Nagare;

/// <summary>What everything that tries SQL Server has to do there: find its port, and take a schema down again.</summary>
internal static class SqlServerPlaces
{
    private const int DefaultPort = 1433;

    // Dropping flushes what everybody wrote.
    private const int PatienceSeconds = 300;

    /// <summary>Where a data source such as <c>tcp:host,1433</c> listens; null for a named instance, whose port only its browser knows.</summary>
    public static DnsEndPoint? EndPointOf(string dataSource)
    {
        var parts = dataSource.Replace("tcp:", "", StringComparison.OrdinalIgnoreCase).Split(',', StringSplitOptions.TrimEntries);
        if (parts is [var name] && name.Contains('\\', StringComparison.Ordinal))
        {
            return null;
        }

        var host = parts[0].Split('\\')[0];
        return new DnsEndPoint(host is "." or "(local)" ? "localhost" : host, parts is [_, var port] ? int.Parse(port, CultureInfo.InvariantCulture) : DefaultPort);
    }

    /// <summary>Drops a schema with every table in it, whichever they are. One that is not there is dropped already.</summary>
    public static async Task DropSchema(DbConnection connection, string schema)
    {
        while (await Scalar(connection, $"select min(t.name) from sys.tables t join sys.schemas s on s.schema_id = t.schema_id where s.name = '{schema}'") is string table)
        {
            await Scalar(connection, $"drop table [{schema}].[{table}]");
        }

        await Scalar(connection, $"drop schema if exists [{schema}]");
    }

    private static async Task<object?> Scalar(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = PatienceSeconds;
        return await command.ExecuteScalarAsync();
    }
}
