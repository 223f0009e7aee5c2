namespace Nagare.CommandLine;

/// <summary>A verb cannot do what was asked: one line for standard error, and the exit code.</summary>
/// <param name="exitCode">One of <see cref="ExitCode"/>.</param>
/// <param name="message">What was asked, what was found and what to do; it need not be fit for a terminal.</param>
internal sealed class CommandException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
