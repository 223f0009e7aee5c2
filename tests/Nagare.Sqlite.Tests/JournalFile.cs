using Microsoft.Data.Sqlite;
using Nagare.Storage;

namespace Nagare.Sqlite.Tests;

/// <summary>A journal's file in a folder of its own, gone with the test; and a door to it beside the journal.</summary>
internal sealed class JournalFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nagare-sqlite-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "journal.db");

    public string ConnectionString => $"Data Source={Path}";

    public SqliteJournalOptions Options() => new() { ConnectionString = ConnectionString };

    public async Task<SqliteJournal> Open(Action<SqliteJournalOptions>? configure = null)
    {
        var options = Options();
        configure?.Invoke(options);
        var journal = new SqliteJournal(options);
        await journal.Open(default);
        return journal;
    }

    /// <summary>A plain connection, as any tool would open one.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(ConnectionString + ";Pooling=False");
        connection.Open();
        return connection;
    }

    public object? Scalar(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public void Execute(string sql) => Scalar(sql);

    public void Dispose() => _folder.Delete(recursive: true);
}

/// <summary>Keeps what it is given, and may say when it has enough.</summary>
internal sealed class RowSink(int enough = int.MaxValue) : IStoredEventSink
{
    public List<StoredRow> Rows { get; } = [];

    public bool Accept(in StoredEvent e)
    {
        Rows.Add(e.ToRow());
        return Rows.Count < enough;
    }
}
