using System.Globalization;
using System.Runtime;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nagare.Benchmarks.Measuring;

namespace Nagare.Benchmarks.Typing;

/// <summary>Drives generators and rules as an editor does: one key at a time, each in a new compilation of which all files but one are the old ones.</summary>
internal static class TypingBench
{
    private const double BodyGoalMs = 25;
    private const double EventGoalMs = 50;
    private const double MaxShareOfOneRule = 0.15;

    // A goal missed by this much is no noise.
    private const double FloorFactor = 2;

    private static readonly Keystroke[] Keystrokes =
    [
        new("a key in a method body", "Desk0.cs", static keys => TypedSources.Desk(0, keys), BodyGoalMs),
        new("a key in an unrelated file", "Unrelated.cs", TypedSources.Unrelated, BodyGoalMs),
        new("a key in an event", "Family0.cs", static keys => TypedSources.Family(0, keys), EventGoalMs),
    ];

    public static async Task<bool> Run(BenchOptions options, TextWriter output, Action<string> progress)
    {
        var holds = Cold(options, output, progress);
        holds &= Keys(options, output, progress);
        holds &= await Rules(options, output, progress);
        return holds;
    }

    private static bool Cold(BenchOptions options, TextWriter output, Action<string> progress)
    {
        if (CompilerParts.SystemTextJson() is not { } systemTextJson)
        {
            output.WriteLine("skipped: cold generation, this SDK brings no generator of System.Text.Json");
            return true;
        }

        var trees = TypedSources.All();
        var withContext = trees.Append(TypedSources.JsonContext()).ToList();
        var ours = new List<double>();
        var theirs = new List<double>();
        long ourBytes = 0, theirBytes = 0;
        for (var round = -Interleaved.WarmUpRounds; round < options.Rounds; round++)
        {
            // They take turns in going first: each leaves the next one its garbage and warm caches.
            double nagare = 0, reference = 0;
            foreach (var isOurs in round % 2 == 0 ? [true, false] : new[] { false, true })
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                if (isOurs)
                {
                    nagare = Time(() => CompilerParts.Nagare().RunGenerators(TypedSources.Compile(trees)));
                    ourBytes = GC.GetAllocatedBytesForCurrentThread() - before;
                }
                else
                {
                    reference = Time(() => systemTextJson.RunGenerators(TypedSources.Compile(withContext)));
                    theirBytes = GC.GetAllocatedBytesForCurrentThread() - before;
                }
            }

            if (round >= 0)
            {
                ours.Add(nagare);
                theirs.Add(reference);
                progress($"round {round + 1}/{options.Rounds}  cold  {nagare:N0} ms, System.Text.Json {reference:N0} ms");
            }
        }

        var ratio = Interleaved.Median([.. theirs.Zip(ours, static (their, our) => their / our)]);
        output.WriteLine();
        output.WriteLine($"Cold generation for {TypedSources.Families * TypedSources.EventsPerFamily:N0} events in {TypedSources.Families} families");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"nagare, everything {Interleaved.Median(ours):N0} ms   System.Text.Json {Interleaved.Median(theirs):N0} ms   ratio {ratio:0.00}   {(ratio >= 1 ? "goal" : "BELOW THE FLOOR")}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"allocated {ourBytes / 1e6:N0} MB   System.Text.Json {theirBytes / 1e6:N0} MB   {(GCSettings.IsServerGC ? "server" : "workstation")} collection"));
        return ratio >= 1;
    }

    private static bool Keys(BenchOptions options, TextWriter output, Action<string> progress)
    {
        output.WriteLine();
        output.WriteLine("One key, medians in ms of the thread: what the generators take, what binding the same marks takes any generator, the difference");
        var holds = true;
        foreach (var keystroke in Keystrokes)
        {
            var compilation = TypedSources.Compile(TypedSources.All());
            var nagare = CompilerParts.Nagare().RunGenerators(compilation);
            var binding = CompilerParts.BindingOnly().RunGenerators(compilation);
            var ours = new List<double>();
            var floor = new List<double>();
            for (var keys = 1; keys <= Interleaved.WarmUpRounds + options.Rounds; keys++)
            {
                // Each has a compilation of its own, in which nobody has bound anything yet.
                var edited = Edit(compilation, keystroke, keys);
                compilation = edited;
                var forBinding = TypedSources.Compile(edited.SyntaxTrees);
                var mine = Time(() => nagare = nagare.RunGenerators(edited));
                var bare = Time(() => binding = binding.RunGenerators(forBinding));
                if (keys > Interleaved.WarmUpRounds)
                {
                    ours.Add(mine);
                    floor.Add(bare);
                }
            }

            var difference = Interleaved.Median([.. ours.Zip(floor, static (mine, bare) => mine - bare)]);
            holds &= difference < keystroke.GoalMs * FloorFactor;
            progress($"{keystroke.Name}  {difference:N1} ms");
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{keystroke.Name,-30} {Interleaved.Median(ours),8:N1} {Interleaved.Median(floor),8:N1} {difference,8:N1}   goal {keystroke.GoalMs:N0}   {(difference < keystroke.GoalMs ? "goal" : difference < keystroke.GoalMs * FloorFactor ? "floor" : "ABOVE THE FLOOR")}"));
        }

        return holds;
    }

    private static async Task<bool> Rules(BenchOptions options, TextWriter output, Action<string> progress)
    {
        var rules = CompilerParts.Rules();
        var times = rules.ToDictionary(static rule => rule, static _ => new List<double>());
        CompilerParts.Nagare().RunGeneratorsAndUpdateCompilation(TypedSources.Compile(TypedSources.All()), out var compilation, out _);
        for (var keys = 1; keys <= Interleaved.WarmUpRounds + options.Rounds; keys++)
        {
            compilation = Edit(compilation, Keystrokes[keys % Keystrokes.Length], keys);
            var analysis = compilation.WithAnalyzers(rules, new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: true));

            // What the compiler binds for itself, before it asks any rule, is none of the rules' time.
            analysis.Compilation.GetDiagnostics();
            await analysis.GetAnalyzerDiagnosticsAsync();
            foreach (var rule in rules)
            {
                var telemetry = await analysis.GetAnalyzerTelemetryInfoAsync(rule, CancellationToken.None);
                if (keys > Interleaved.WarmUpRounds)
                {
                    times[rule].Add(telemetry.ExecutionTime.TotalMilliseconds);
                }
            }

            progress($"analysis {keys}/{Interleaved.WarmUpRounds + options.Rounds}");
        }

        var medians = times.Select(static pair => (Rule: pair.Key, Ids: string.Join(", ", pair.Key.SupportedDiagnostics.Select(static rule => rule.Id)), Ms: Interleaved.Median(pair.Value))).OrderByDescending(static pair => pair.Ms).ToList();
        var total = medians.Sum(static pair => pair.Ms);
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Rules over the whole of it, medians: {total:N1} ms together"));
        foreach (var (rule, ids, milliseconds) in medians)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ids,-40} {milliseconds,8:N1} ms {milliseconds / total,7:P0}{(rule is SharedFacts || milliseconds <= total * MaxShareOfOneRule ? "" : "  ABOVE ITS SHARE")}"));
        }

        return medians.TrueForAll(pair => pair.Rule is SharedFacts || pair.Ms <= total * MaxShareOfOneRule);
    }

    private static TCompilation Edit<TCompilation>(TCompilation compilation, Keystroke keystroke, int keys)
        where TCompilation : Compilation
    {
        var before = compilation.SyntaxTrees.First(tree => tree.FilePath == keystroke.File);
        return (TCompilation)compilation.ReplaceSyntaxTree(before, TypedSources.Parse(keystroke.File, keystroke.Text(keys)));
    }

    // The thread's processor time: generators run on the thread that asks, and what others do on the machine is not theirs.
    private static double Time(Action work)
    {
        GC.Collect();
        var before = ThreadClock.Now;
        work();
        return (ThreadClock.Now - before).TotalMilliseconds;
    }

    /// <summary>A place where somebody types.</summary>
    private sealed record Keystroke(string Name, string File, Func<int, string> Text, double GoalMs);
}
