namespace Nagare.CommandLine;

/// <summary>Shows how far a long verb has got. Nothing is shown where standard error is no terminal.</summary>
internal interface IProgressDisplay
{
    /// <summary>Says what is being done now; fit for a terminal already.</summary>
    void Describe(string what);

    /// <summary>So much more is done.</summary>
    void Advance(long amount);

    /// <summary>Writes a line to standard error that stays; fit for a terminal already.</summary>
    void WriteLine(string line);
}

/// <summary>Runs work under a progress display.</summary>
internal static class ProgressDisplay
{
    /// <summary>Runs the work, with a bar on a terminal.</summary>
    /// <param name="console">The console.</param>
    /// <param name="total">How much there is to do; null where nobody knows, which shows that something goes on and no more.</param>
    /// <param name="work">The work.</param>
    public static Task Run(CommandConsole console, long? total, Func<IProgressDisplay, Task> work) =>
        console.IsErrorTerminal ? ProgressBar.Run(console, total, work) : work(new NoProgress(console.ErrorOut));

    private sealed class NoProgress(TextWriter error) : IProgressDisplay
    {
        public void Describe(string what)
        {
        }

        public void Advance(long amount)
        {
        }

        public void WriteLine(string line) => error.WriteLine(line);
    }
}
