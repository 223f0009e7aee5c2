using System.Globalization;
using Nagare.Conformance;
using Nagare.Testing;

// eng/conformance calls this; published with Native AOT, the same program is the suite inside a native binary.
const string Usage = """
    usage: eng/conformance [--on NAME,...] [--group NAME,...] [--quick] [--feed-seconds N] [--sabotage]

      --on             sqlite, postgres, mariadb, mysql, sqlserver; everything that is there unless said otherwise
      --group          Append, Feed, State, Reading, Hostile, Transactions, Tenants, Reliability
      --quick          small sizes instead of the published limits
      --feed-seconds   how long the writers of the feed scenarios write
      --sabotage       switches one protecting mechanism after the other off, and counts the scenarios that notice

    Standard output holds a Markdown table, database × group; standard error how it goes and what is broken or missing.
    Ends with 0 where no promise is broken, 1 where one is, 2 where the command line is wrong, 77 where no database was there.
    """;

var (settings, sabotages) = (ConformanceSettings.Default, false);
var databases = Database.All;
IReadOnlyList<ConformanceScenario> scenarios = JournalConformance.Scenarios;
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--help" or "-h":
            Console.WriteLine(Usage);
            return 0;
        case "--quick":
            settings = ConformanceSettings.Quick;
            break;
        case "--sabotage":
            sabotages = true;
            break;
        case "--on" when i + 1 < args.Length && args[i + 1].Split(',') is var names && names.All(name => Database.All.Any(database => database.Name == name)):
            databases = [.. Database.All.Where(database => names.Contains(database.Name))];
            i++;
            break;
        case "--group" when i + 1 < args.Length && args[i + 1].Split(',') is var names && names.All(name => Enum.TryParse<ConformanceGroup>(name, out _)):
            scenarios = [.. scenarios.Where(scenario => names.Contains(scenario.Group.ToString()))];
            i++;
            break;
        case "--feed-seconds" when i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0:
            settings = settings with { FeedDuration = TimeSpan.FromSeconds(seconds), Patience = TimeSpan.FromSeconds(seconds) + ConformanceSettings.Default.Patience };
            i++;
            break;
        default:
            Console.Error.WriteLine($"'{args[i]}' is not understood.");
            Console.Error.WriteLine(Usage);
            return 2;
    }
}

return sabotages ? await RunSaboteurs() : await RunSuite();

async Task<int> RunSuite()
{
    var table = new ConformanceTable(scenarios);
    foreach (var database in databases)
    {
        if (database.Absence is { } absence)
        {
            Console.Error.WriteLine($"== {database.Title}: skipped, {absence}");
            table.Add(database, null);
            continue;
        }

        Console.Error.WriteLine($"== {database.Title}");
        await using var fixture = database.Fixture(settings);
        var report = await JournalConformance.Run(fixture, scenarios);
        Console.Error.WriteLine(report);
        table.Add(database, report);
    }

    Console.Write(table);
    return table.HasFailures ? 1 : table.HasRun ? 0 : 77;
}

async Task<int> RunSaboteurs()
{
    var table = new SabotageTable();
    foreach (var database in databases)
    {
        Console.Error.WriteLine($"== {database.Title}{(database.Absence is { } absence ? $": skipped, {absence}" : "")}");
        await table.Run(database);
    }

    Console.Write(table);
    return !table.AllNoticed ? 1 : databases.Any(database => database.Absence is null) ? 0 : 77;
}
