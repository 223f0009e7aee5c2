using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Nagare.Benchmarks.Events;

namespace Nagare.Benchmarks.Sqlite;

/// <summary>A folder of fresh journal files, gone when it is disposed.</summary>
internal sealed class BenchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nagare-bench");
    private int _files;

    public string NextFile() => Path.Combine(_folder.FullName, $"{++_files}.db");

    public string NextFolder() => _folder.CreateSubdirectory($"folder{++_files}").FullName;

    /// <summary>A journal with its services, open.</summary>
    /// <param name="file">Where it is.</param>
    /// <param name="configure">Adds to it; null for nothing.</param>
    public async Task<ServiceProvider> OpenJournal(string file, Action<NagareBuilder>? configure = null)
    {
        var services = new ServiceCollection()
            .AddNagare(nagare =>
            {
                nagare.AddModel<BenchModel>().UseSqlite($"Data Source={file}");
                configure?.Invoke(nagare);
            })
            .BuildServiceProvider();
        await services.GetRequiredService<IJournal>().Head();
        return services;
    }

    /// <summary>The journal's tables and indexes without its triggers, for the raw techniques.</summary>
    public async Task<string> RawFile()
    {
        var file = NextFile();
        await using (await OpenJournal(file))
        {
        }

        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        var triggers = new List<string>();
        await using (var list = connection.CreateCommand())
        {
            list.CommandText = "select name from sqlite_master where type = 'trigger'";
            await using var reader = await list.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                triggers.Add(reader.GetString(0));
            }
        }

        foreach (var trigger in triggers)
        {
            await using var drop = connection.CreateCommand();
            drop.CommandText = $"drop trigger {trigger}";
            await drop.ExecuteNonQueryAsync();
        }

        return file;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
