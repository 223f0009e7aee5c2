using Nagare.CommandLine;
using Nagare.Schema;

namespace Nagare.Tool;

/// <summary>One side of a comparison: schemas by the paths of their locks.</summary>
/// <param name="Name">What a person called it.</param>
/// <param name="Locks">Its schemas.</param>
internal sealed record Side(string Name, IReadOnlyDictionary<string, SchemaLock> Locks)
{
    /// <summary>What a person named: a file, an assembly, a folder or a revision.</summary>
    /// <exception cref="CommandException">There is no such thing.</exception>
    public static Side Of(ToolHost host, string named)
    {
        var path = Path.GetFullPath(named, host.Folder);
        if (File.Exists(path))
        {
            var schema = Path.GetExtension(path) is ".dll" or ".exe" ? AssemblySchema.Read(path)
                : IsProgram(path) ? throw new CommandException(ExitCode.StoreUnreachable, $"{named} is a program without metadata; name the assembly that it was made from, a .dll in 'bin'")
                : LockText.Read(named, path);
            return new Side(named, new Dictionary<string, SchemaLock> { [Key(host, path)] = schema });
        }

        if (Directory.Exists(path))
        {
            var locks = Directory.EnumerateFiles(path, SchemaLock.FileName, SearchOption.AllDirectories)
                .ToDictionary(file => Path.GetRelativePath(path, file).Replace('\\', '/'), file => LockText.Read(Path.GetRelativePath(host.Folder, file), file), StringComparer.Ordinal);
            return locks.Count > 0 ? new Side(named, locks) : throw new CommandException(ExitCode.NotFound, $"there is no {SchemaLock.FileName} in the folder {named}");
        }

        return Revision(Git.Find(host.Folder), named);
    }

    // What Native AOT makes, and the host of an application, have no name that says so. No text has a zero in it.
    private static bool IsProgram(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[64];
        return start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)].Contains((byte)0);
    }

    /// <summary>The locks of a revision.</summary>
    public static Side Revision(Git? git, string named) => git switch
    {
        null => throw new CommandException(ExitCode.NotFound, $"there is no file or folder {named}, and this is no git repository that could have a revision of that name"),
        _ => git.Commit(named) is { } commit
            ? new Side(named, git.Locks(commit, named))
            : throw new CommandException(ExitCode.NotFound, $"there is no file, folder or git revision {named}; a branch of a remote is named origin/BRANCH and must have been fetched"),
    };

    /// <summary>The locks that lie in the projects.</summary>
    public static Side OfLocks(ToolHost host, IEnumerable<EventProject> projects) =>
        new("the lock", projects.ToDictionary(project => Key(host, project.LockFile), project => project.Lock() ?? SchemaLock.Empty, StringComparer.Ordinal));

    /// <summary>What the projects' code says.</summary>
    public static Side OfCode(ToolHost host, IEnumerable<EventProject> projects) =>
        new("the code", projects.ToDictionary(project => Key(host, project.LockFile), project => project.Code(), StringComparer.Ordinal));

    /// <summary>The path that both sides of a comparison know a lock by: from the repository's root where there is one.</summary>
    public static string Key(ToolHost host, string file) =>
        Path.GetRelativePath(Git.Find(host.Folder)?.Root ?? host.Folder, file).Replace('\\', '/');

    /// <summary>Each lock with what changed in it. A lock alone on its side is compared with the other's only one, wherever it lies.</summary>
    /// <param name="head">The other side.</param>
    /// <param name="isElsewhere">Whether a lock that the other side does not have is somewhere else rather than gone.</param>
    public IEnumerable<(string Lock, IReadOnlyList<SchemaChange> Changes)> Compare(Side head, Func<string, bool> isElsewhere)
    {
        if (Locks.Count == 1 && head.Locks.Count == 1)
        {
            yield return (head.Locks.Keys.Single(), SchemaComparison.Compare(Locks.Values.Single(), head.Locks.Values.Single()));
            yield break;
        }

        foreach (var path in Locks.Keys.Union(head.Locks.Keys).Order(StringComparer.Ordinal))
        {
            if (head.Locks.ContainsKey(path) || !isElsewhere(path))
            {
                yield return (path, SchemaComparison.Compare(Locks.GetValueOrDefault(path) ?? SchemaLock.Empty, head.Locks.GetValueOrDefault(path) ?? SchemaLock.Empty));
            }
        }
    }
}
