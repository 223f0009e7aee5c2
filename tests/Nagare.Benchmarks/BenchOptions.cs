using System.Globalization;

namespace Nagare.Benchmarks;

/// <summary>What to measure and for how long.</summary>
internal sealed record BenchOptions
{
    public static string HelpText { get; } = $"""
        usage: eng/bench [--rounds N] [--slot MILLISECONDS] [--only TEXT] [--events N] [GROUP...]

        Groups: {string.Join(", ", BenchGroups.All.Select(group => group.Name))}.
        Without any, all of them but {string.Join(", ", BenchGroups.All.Where(group => group.IsOnDemand).Select(group => group.Name))}, which only runs when it is named: it takes long.
        --only measures those comparisons of a group whose name holds the text, such as T9.
        Every variant of a group runs once in each round (9 unless said), for about one slot (700 ms unless said).
        The ratio is taken within each round; the table shows its median and its spread.
        --events is how many events growth stores on each database (5,000,000 unless said).
        Servers are those that NAGARE_POSTGRES, NAGARE_MARIADB, NAGARE_MYSQL and NAGARE_SQLSERVER name, or that eng/databases can start.
        Exit code 0: every floor holds. 1: one does not. 2: the command line is wrong.
        """;

    public int Rounds { get; private init; } = 9;

    public TimeSpan Slot { get; private init; } = TimeSpan.FromMilliseconds(700);

    public string Only { get; private init; } = "";

    /// <summary>How large the growing journal becomes.</summary>
    public long Events { get; private init; } = 5_000_000;

    public IReadOnlyList<string> Groups { get; private init; } = [];

    public bool Help { get; private init; }

    public static bool TryParse(IReadOnlyList<string> args, out BenchOptions options, out string complaint)
    {
        options = new BenchOptions();
        complaint = "";
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--help" or "-h":
                    options = options with { Help = true };
                    break;
                case "--rounds" when i + 1 < args.Count && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) && rounds > 0:
                    options = options with { Rounds = rounds };
                    i++;
                    break;
                case "--slot" when i + 1 < args.Count && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds > 0:
                    options = options with { Slot = TimeSpan.FromMilliseconds(milliseconds) };
                    i++;
                    break;
                case "--events" when i + 1 < args.Count && long.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var events) && events > 0:
                    options = options with { Events = events };
                    i++;
                    break;
                case "--only" when i + 1 < args.Count:
                    options = options with { Only = args[i + 1] };
                    i++;
                    break;
                case var name when BenchGroups.All.Any(group => group.Name == name):
                    options = options with { Groups = [.. options.Groups, name] };
                    break;
                case var other:
                    complaint = $"eng/bench: '{other}' is no option and no group; see eng/bench --help";
                    return false;
            }
        }

        return true;
    }
}
