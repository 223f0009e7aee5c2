// The only file that touches Spectre.Console, so that nothing of it is loaded or started where no bar is drawn.
using Spectre.Console;

namespace Nagare.CommandLine;

/// <summary>A progress bar on standard error.</summary>
internal sealed class ProgressBar : IProgressDisplay
{
    private readonly IAnsiConsole _terminal;
    private readonly ProgressTask _task;

    private ProgressBar(IAnsiConsole terminal, ProgressTask task) => (_terminal, _task) = (terminal, task);

    public static async Task Run(CommandConsole console, long? total, Func<IProgressDisplay, Task> work)
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(console.ErrorOut),
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            ColorSystem = string.IsNullOrEmpty(console.Variable("NO_COLOR")) ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        terminal.Profile.Width = console.Width;
        await terminal.Progress()
            .AutoClear(true)
            .Columns(total is null
                ? [new SpinnerColumn(), new TaskDescriptionColumn(), new ElapsedTimeColumn()]
                : [new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()])
            .StartAsync(async context =>
            {
                var task = context.AddTask("…", maxValue: Math.Max(1, total ?? 1));
                task.IsIndeterminate = total is null;
                await work(new ProgressBar(terminal, task)).ConfigureAwait(false);
            }).ConfigureAwait(false);
    }

    public void Describe(string what) => _task.Description = Markup.Escape(what);

    public void Advance(long amount) => _task.Increment(amount);

    public void WriteLine(string line) => _terminal.WriteLine(line);
}
