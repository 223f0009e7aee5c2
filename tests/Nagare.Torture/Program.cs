using System.Globalization;
using Nagare.Torture;

// eng/torture calls this with what a person runs; a writing process is this program again.
const string Usage = """
    usage: eng/torture [kill|servers|feed|proxy] [--on NAME,...] [--cycles N] [--seconds N] [--seed N] [--sabotage]

      kill       kills a writing process over and over; 200 cycles on each database unless said otherwise
      servers    kills the database server under 8 writers, and lets them go on; 30 cycles on each server
      proxy      loses and delays requests and responses between writers and their server; 100 faults on each server
      feed       32 writers in 4 processes for 60 seconds, and readers that must see every event once and in order

    --on takes sqlite, postgres, mariadb, mysql, sqlserver; without it, everything that is there. NAGARE_POSTGRES, NAGARE_MARIADB, NAGARE_MYSQL
    and NAGARE_SQLSERVER say where servers are; eng/torture starts what nobody names, and 'servers' starts servers of its own to kill.
    --sabotage switches the protecting mechanism off: the run must then find it out, and end with 1.
    Ends with 0 where every promise was kept, 1 where one was broken, 2 where the command line is wrong, 77 where no database was there.
    """;

switch (args)
{
    case ["write", var name, var address, var seed, .. var rest]:
        return await WritingProcess.Run(Backends.Named(name), address, Number(seed), acknowledgesEarly: rest is ["--sabotage"]);
    case ["share", var name, var address, var seed, var appends]:
        return await WritingProcess.Share(Backends.Named(name), address, Number(seed), Number(appends));
    case ["feed-write", var name, var address, var seed, var writers, .. var counter]:
        return await FeedWritingProcess.Run(Backends.Named(name), address, Number(seed), Number(writers), counter is [var file] ? file : null);
    case ["--help" or "-h", ..] or [_, "--help" or "-h", ..]:
        Console.WriteLine(Usage);
        return 0;
}

var words = args.ToList();
var verb = words is [['k' or 's' or 'p' or 'f', ..] and var first, ..] ? first : "kill";
if (words.Count > 0 && words[0] == verb)
{
    words.RemoveAt(0);
}

try
{
    var options = TortureOptions.Parse(words);
    return verb switch
    {
        "kill" => await TortureConsole.Run("kill -9 of the writing process", options, needsServer: true, async (backend, progress) => await KillRun.Run(backend, options.Cycles ?? 200, options.Seed, options.Sabotage, progress: progress)),
        "servers" => await TortureConsole.Run("kill -9 of the server under 8 writers", options with { On = [.. options.On.Where(backend => backend.Variable is not null)] }, needsServer: false, async (backend, progress) => await ServerRun.Run(backend, options.Cycles ?? 30, options.Seed, options.Sabotage, progress)),
        "proxy" => await TortureConsole.Run("a bad network", options with { On = [.. options.On.Where(backend => backend.Variable is not null)] }, needsServer: true, async (backend, progress) => await ProxyRun.Run(backend, options.Cycles ?? 100, options.Seed, options.Sabotage, progress)),
        "feed" => await TortureConsole.Feed(options),
        _ => throw new FormatException($"'{verb}' is nothing that can be run."),
    };
}
catch (FormatException problem)
{
    await Console.Error.WriteLineAsync(problem.Message);
    await Console.Error.WriteLineAsync(Usage);
    return 2;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
