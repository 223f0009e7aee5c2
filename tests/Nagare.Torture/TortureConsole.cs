namespace Nagare.Torture;

/// <summary>Runs one kind of torture on each database, says how it goes, and ends with one line a database.</summary>
internal static class TortureConsole
{
    private const int Kept = 0;
    private const int Broken = 1;
    private const int NothingThere = 77;

    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    /// <summary>Runs something that reports on histories.</summary>
    public static Task<int> Run(string what, TortureOptions options, bool needsServer, Func<Backend, Action<TortureReport>, Task<TortureReport?>> run) =>
        Each(what, options, needsServer, async backend =>
        {
            var told = TimeProvider.System.GetTimestamp();
            var report = await run(backend, progress =>
            {
                if (TimeProvider.System.GetElapsedTime(told) > BetweenLines)
                {
                    told = TimeProvider.System.GetTimestamp();
                    Console.WriteLine($"  {backend}: {progress}");
                }
            });
            return report is null ? null : (report.IsClean, report.ToString());
        });

    /// <summary>Runs the feed.</summary>
    public static Task<int> Feed(TortureOptions options) => Each(
        $"feed, 32 writers for {options.Seconds} s",
        options,
        needsServer: true,
        async backend =>
        {
            var report = await FeedRun.Run(backend, TimeSpan.FromSeconds(options.Seconds), options.Seed, options.Sabotage);
            return (report.IsClean, report.ToString());
        });

    private static async Task<int> Each(string what, TortureOptions options, bool needsServer, Func<Backend, Task<(bool IsClean, string Text)?>> run)
    {
        Console.WriteLine($"{what}; seed {options.Seed}{(options.Sabotage ? "; sabotaged" : "")}");
        var (lines, ran, broken) = (new List<string>(), 0, 0);
        foreach (var backend in options.On)
        {
            if (needsServer && backend.Server is null)
            {
                lines.Add($"{backend}: skipped, {backend.Variable} is not set");
                continue;
            }

            Console.WriteLine($"== {backend}");
            if (await run(backend) is not var (isClean, text))
            {
                lines.Add($"{backend}: skipped, this machine has no such server to kill");
                continue;
            }

            ran++;
            broken += isClean ? 0 : 1;
            lines.Add($"{backend}: {(isClean ? "kept" : "BROKEN")}, {text}");
            Console.WriteLine(lines[^1]);
        }

        Console.WriteLine();
        lines.ForEach(Console.WriteLine);
        return broken > 0 ? Broken : ran > 0 ? Kept : NothingThere;
    }
}
