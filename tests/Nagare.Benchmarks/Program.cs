using System.Globalization;
using Nagare.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (!BenchOptions.TryParse(args, out var options, out var complaint))
{
    Console.Error.WriteLine(complaint);
    return 2;
}

if (options.Help)
{
    Console.WriteLine(BenchOptions.HelpText);
    return 0;
}

var holds = true;
foreach (var group in BenchGroups.All.Where(group => options.Groups.Count == 0 ? !group.IsOnDemand : options.Groups.Contains(group.Name)))
{
    await Console.Error.WriteLineAsync($"== {group.Name}");
    holds &= await group.Run(options, Console.Out);
}

if (options.Results.NothingWasPicked)
{
    Console.Error.WriteLine($"eng/bench: no comparison here has '{options.Only}' in its name; without --only, all of a group are measured and shown by name");
    return 2;
}

if (options.Tables is { } folder)
{
    Directory.CreateDirectory(folder);
    await using var databases = File.CreateText(Path.Combine(folder, "databases.md"));
    options.Results.PrintDatabases(databases);
    await using var peers = File.CreateText(Path.Combine(folder, "peers.md"));
    options.Results.PrintPeers(peers);
}

Console.WriteLine();
Console.WriteLine(holds ? "every floor holds" : "a floor does not hold");
return holds ? 0 : 1;
