using System.Diagnostics;
using Nagare.CommandLine;
using Nagare.Schema;

namespace Nagare.Tool;

/// <summary>The repository around a folder, asked through <c>git</c> itself.</summary>
internal sealed class Git
{
    // What a newcomer's clone may have, in the order in which it is likely meant.
    private static readonly string[] UsualBases = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];

    private readonly string _folder;

    private Git(string folder) => _folder = folder;

    /// <summary>The repository's root.</summary>
    public required string Root { get; init; }

    /// <summary>The repository, or null where there is none or no <c>git</c>.</summary>
    public static Git? Find(string folder) => Ask(folder, "rev-parse", "--show-toplevel") is { } root ? new Git(folder) { Root = root.TrimEnd() } : null;

    /// <summary>The commit that a revision names, or null.</summary>
    public string? Commit(string revision) => Ask(_folder, "rev-parse", "--verify", "--quiet", "--end-of-options", $"{revision}^{{commit}}")?.TrimEnd();

    /// <summary>The branch that work is usually merged into, or null.</summary>
    public string? UsualBase() => UsualBases.FirstOrDefault(name => Commit(name) is not null);

    /// <summary>Where the work at hand left a branch: what came on the branch since is not this work's doing. The branch itself where the history is too short to say.</summary>
    public string ForkPoint(string commit) => Ask(_folder, "merge-base", commit, "HEAD")?.TrimEnd() is { Length: > 0 } fork ? fork : commit;

    /// <summary>The locks of a commit by their paths from the root.</summary>
    public IReadOnlyDictionary<string, SchemaLock> Locks(string commit, string name) =>
        (Ask(Root, "ls-tree", "-r", "-z", "--name-only", commit) ?? "")
            .Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Where(static path => path == SchemaLock.FileName || path.EndsWith("/" + SchemaLock.FileName, StringComparison.Ordinal))
            .ToDictionary(path => path, path => LockText.Parse($"{name}:{path}", Show(commit, path)), StringComparer.Ordinal);

    private string Show(string commit, string path) =>
        Ask(Root, "cat-file", "blob", $"{commit}:{path}") ?? throw new CommandException(ExitCode.StoreUnreachable, $"git cannot read {path} at {commit}; is the clone complete?");

    private static string? Ask(string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        try
        {
            using var git = Process.Start(start)!;
            git.StandardInput.Close();
            var errors = git.StandardError.ReadToEndAsync();
            var output = git.StandardOutput.ReadToEnd();
            errors.Wait();
            git.WaitForExit();
            return git.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
