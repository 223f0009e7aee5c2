using System.IO.Compression;
using System.Text.Json;
using Nagare.Benchmarks.Sqlite;
using Nagare.Storage;

namespace Nagare.Benchmarks.Imports;

/// <summary>Reading, parsing and inserting with nothing in between.</summary>
/// <param name="journal">Where the rows go.</param>
/// <param name="runs">The rows of each run, in the order of the lines.</param>
internal sealed class HandImport(RawJournal journal, IReadOnlyList<IReadOnlyList<StoredRow>> runs)
{
    private byte[] _expanded = new byte[16 * 1024 * 1024];

    /// <summary>Imports the files; returns how many runs there were.</summary>
    public int Run(IReadOnlyList<string> files)
    {
        var run = 0;
        foreach (var file in files)
        {
            var length = Expand(file);
            var rest = _expanded.AsMemory(0, length);
            while (!rest.IsEmpty)
            {
                var end = rest.Span.IndexOf((byte)'\n');
                var line = end < 0 ? rest : rest[..end];
                rest = end < 0 ? default : rest[(end + 1)..];
                using var document = JsonDocument.Parse(line);
                if (document.RootElement.ValueKind == JsonValueKind.Object)
                {
                    Insert(runs[run++]);
                }
            }
        }

        return run;
    }

    private int Expand(string file)
    {
        using var source = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        int length = 0, read;
        while ((read = source.Read(_expanded, length, _expanded.Length - length)) > 0)
        {
            length += read;
            if (length == _expanded.Length)
            {
                Array.Resize(ref _expanded, 2 * length);
            }
        }

        return length;
    }

    private void Insert(IReadOnlyList<StoredRow> rows)
    {
        journal.Begin();
        foreach (var row in rows)
        {
            journal.Insert(row);
        }

        journal.Commit();
    }
}
