namespace Nagare.CommandLine;

/// <summary>Turns what went wrong into an exit code and one line.</summary>
internal static class Failure
{
    /// <summary>Which exit code an exception stands for, and what to say.</summary>
    public static (int ExitCode, string Message) Describe(Exception e) => e switch
    {
        CommandException command => (command.ExitCode, command.Message),
        StreamVersionNotFoundException or EventNotFoundException => (ExitCode.NotFound, e.Message),
        RestoreException or IntegrityException => (ExitCode.Finding, e.Message),
        NagareException => (ExitCode.StoreUnreachable, e.Message),
        FileNotFoundException or DirectoryNotFoundException => (ExitCode.NotFound, e.Message),
        IOException or UnauthorizedAccessException => (ExitCode.StoreUnreachable, e.Message),
        _ => (ExitCode.Defect, $"unexpected {e.GetType().Name}, a defect in this program: {e.Message}"),
    };

    /// <summary>Writes the line, fit for a terminal, and gives the exit code back.</summary>
    public static int Report(CommandConsole console, string name, int exitCode, string message)
    {
        console.ErrorOut.WriteLine(VisibleText.Line($"{name}: {message.TrimEnd()}"));
        return exitCode;
    }
}
