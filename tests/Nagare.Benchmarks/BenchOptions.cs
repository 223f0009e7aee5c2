using System.Globalization;
using Nagare.Benchmarks.Measuring;

namespace Nagare.Benchmarks;

/// <summary>What to measure and for how long.</summary>
internal sealed record BenchOptions
{
    public static string HelpText { get; } = $"""
        usage: eng/bench [--rounds N] [--slot MILLISECONDS] [--only TEXT] [--events N] [--tables FOLDER] [GROUP...]
               eng/bench --accept [--rounds N] [--slot MILLISECONDS]

        Groups: {string.Join(", ", BenchGroups.All.Select(group => group.Name))}.
        Without any, all of them but {string.Join(", ", BenchGroups.All.Where(group => group.IsOnDemand).Select(group => group.Name))}, which only runs when it is named: it takes long.
        --only measures those comparisons of a group whose name holds the text, such as T9.
        Every variant of a group runs once in each round (9 unless said), for about one slot (700 ms unless said; integrity takes five).
        The ratio is taken within each round; the table shows its median and its spread.
        --events is how many events growth stores on each database (5,000,000 unless said).
        --tables writes what came of it into a folder as Markdown: databases.md, target by database, and peers.md.
        --accept runs append, replay, postgres, mariadb, mysql and peers, and puts both tables on docs/performance.md.
        Servers are those that NAGARE_POSTGRES, NAGARE_MARIADB, NAGARE_MYSQL and NAGARE_SQLSERVER name, or that eng/databases can start.
        Exit code 0: every floor holds. 1: one does not. 2: the command line is wrong.
        """;

    public int Rounds { get; private init; } = 9;

    public TimeSpan Slot { get; private init; } = TimeSpan.FromMilliseconds(700);

    public string Only { get; private init; } = "";

    /// <summary>The same with slots that are so many times as long.</summary>
    public BenchOptions Longer(int times) => this with { Slot = Slot * times };

    /// <summary>How large the growing journal becomes.</summary>
    public long Events { get; private init; } = 5_000_000;

    public IReadOnlyList<string> Groups { get; private init; } = [];

    /// <summary>Where the tables go; null for nowhere.</summary>
    public string? Tables { get; private init; }

    /// <summary>Takes what the groups came to.</summary>
    public ResultTable Results { get; } = new();

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
                case "--tables" when i + 1 < args.Count:
                    options = options with { Tables = args[i + 1] };
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
