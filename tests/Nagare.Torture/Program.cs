using System.Globalization;
using Nagare.Torture;

// eng/torture calls this: "kill" is what a person runs, "write" is the process that it kills, "share" one that writes beside others and ends.
const string Usage = "usage: eng/torture [kill] [--cycles N] [--seed N] [--sabotage]";

var words = args.ToList();
if (words is ["write", var path, var writerSeed, .. var rest])
{
    return await WritingProcess.Run(path, int.Parse(writerSeed, CultureInfo.InvariantCulture), acknowledgesEarly: rest is ["--sabotage"]);
}

if (words is ["share", var shared, var sharerSeed, var appends])
{
    return await WritingProcess.Share(shared, int.Parse(sharerSeed, CultureInfo.InvariantCulture), int.Parse(appends, CultureInfo.InvariantCulture));
}

if (words is ["kill", ..])
{
    words.RemoveAt(0);
}

var sabotage = words.Remove("--sabotage");
var cycles = 200;
var seed = Random.Shared.Next();
while (words.Count > 0)
{
    if (words is not [("--cycles" or "--seed") and var name, var text, ..] || !int.TryParse(text, CultureInfo.InvariantCulture, out var number) || number < 1)
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }

    (cycles, seed) = name == "--cycles" ? (number, seed) : (cycles, number);
    words.RemoveRange(0, 2);
}

Console.WriteLine($"kill -9 on SQLite, {cycles} cycles, seed {seed}{(sabotage ? ", sabotaged: acknowledges before the commit" : "")}");
var report = await KillRun.Run(cycles, seed, sabotage, progress: progress =>
{
    if (progress.Cycles % 20 == 0)
    {
        Console.WriteLine($"  {progress}");
    }
});
Console.WriteLine(report);
return report.IsClean ? 0 : 1;
