using Nagare.Schema;

namespace Nagare.Tool;

/// <summary>Writes a lock, if there is anything to write.</summary>
internal static class LockFile
{
    /// <param name="host">Where to say so.</param>
    /// <param name="project">Whose lock.</param>
    /// <param name="before">What it said, or null.</param>
    /// <param name="after">What it shall say.</param>
    /// <param name="done">What became of it, in a word.</param>
    public static void Write(ToolHost host, EventProject project, SchemaLock? before, SchemaLock after, string done)
    {
        var text = after.ToString();
        if (before is not null && File.ReadAllText(project.LockFile) == text)
        {
            host.Console.Out.WriteLine($"{VisibleText.Line(project.LockName)} is as it should be");
            return;
        }

        // Whole or not at all, for an editor that watches the file.
        var aside = project.LockFile + ".new";
        File.WriteAllText(aside, text);
        File.Move(aside, project.LockFile, overwrite: true);
        host.Console.Out.WriteLine($"{done} {VisibleText.Line(project.LockName)}");
    }
}
