using System.IO.Compression;

namespace Nagare.CommandLine;

/// <summary>A file to import: where it is, and what to call it.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Bytes">Its length on disk.</param>
internal sealed record ImportFile(string Path, long Bytes)
{
    private const int BufferBytes = 64 * 1024;

    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = false,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    /// <summary>Whether it is JSON lines by its name, so that its first line is no beginning of a longer value.</summary>
    public bool IsJsonLinesByName
    {
        get
        {
            var name = Path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? Path[..^3] : Path;
            return name.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>The file of this path, or all files below a folder in ordinal order of their paths.</summary>
    /// <exception cref="CommandException">There is neither.</exception>
    public static IReadOnlyList<ImportFile> Find(string path)
    {
        if (File.Exists(path))
        {
            return [new ImportFile(path, new FileInfo(path).Length)];
        }

        if (!Directory.Exists(path))
        {
            throw new CommandException(ExitCode.NotFound, $"there is no file or folder {path}");
        }

        return [.. new DirectoryInfo(path).EnumerateFiles("*", Everything)
            .Select(file => new ImportFile(System.IO.Path.Combine(path, System.IO.Path.GetRelativePath(path, file.FullName)), file.Length))
            .OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    /// <summary>Opens it, expanded where its first two bytes are those of a .gz, whatever its name.</summary>
    /// <param name="limits">The bound of the expansion.</param>
    /// <param name="read">Told the bytes of the file on disk that were read, each time.</param>
    public Stream Open(ImportLimits limits, Action<long> read)
    {
        var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        Span<byte> magic = stackalloc byte[2];
        var isExpanded = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length && magic is [0x1F, 0x8B];
        file.Position = 0;
        var counted = new BufferedStream(new CountedStream(file, read), BufferBytes);
        return isExpanded ? new BoundedExpansion(new GZipStream(counted, CompressionMode.Decompress), limits.MaxExpandedBytes) : counted;
    }
}
