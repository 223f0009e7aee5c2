using System.Collections.Concurrent;
using CsCheck;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using static Nagare.Generators.Tests.Driving.Typist;

namespace Nagare.Generators.Tests.Driving;

/// <summary>Whatever is typed, undone, added, moved or switched, and whenever generators run: what was remembered is what would be parsed.</summary>
public sealed class RememberingProperties
{
    private const int MostEdits = 12;
    private const int Histories = 40;

    private static readonly CSharpCompilation Library = Compiling.Compile("namespace Far; public sealed record Thing(int Number);").WithAssemblyName("Library");

    private static readonly MetadataReference[] Libraries = [Library.ToMetadataReference(), Library.WithAssemblyName("Other").ToMetadataReference()];

    private static readonly Gen<Change[]> AllChanges = Gen.Select(Gen.Enum<Kind>(), Gen.Int[0, 63], Gen.Int[-1, 5], Gen.Bool, static (kind, place, text, isSaved) => new Change(kind, place, text, isSaved)).Array[1, MostEdits];

    /// <summary>What may happen between two runs of the generators.</summary>
    private enum Kind
    {
        Typed,
        TypedToo,
        TypedAgain,
        Undone,
        Reordered,
        Symbols,
        Nullability,
        Reference,
        Renamed,
    }

    // An editor that runs generators only on save hands them many edits at once. One save after the first run: at the third run of one driver
    // Roslyn's own provider of marks (5.0) loses marks of files that nobody edited, with any generator, where a file had got its first mark or lost its last.
    [Fact]
    public void After_a_save_of_any_edits_outputs_are_those_of_a_first_run() => AllChanges.Sample(
        static changes =>
        {
            var driver = Driver().RunGenerators(Start());
            var compilation = History(changes)[^1];
            Assert.Equal(Files(Driver().RunGenerators(Afresh(compilation))), Files(driver.RunGenerators(compilation)));
        },
        iter: Histories);

    // Runs as they come, each compared with a parser asked again, and with the output of a driver of the same history that remembers nothing.
    [Fact]
    public void At_any_run_what_is_remembered_is_what_would_be_parsed()
    {
        var answered = 0;
        AllChanges.Sample(
            changes =>
            {
                var checking = new Checking();
                GeneratorDriver remembering = CSharpGeneratorDriver.Create([new With(checking).AsSourceGenerator()], parseOptions: Compiling.ParseOptions);
                GeneratorDriver forgetting = CSharpGeneratorDriver.Create([new With(new Forgetting()).AsSourceGenerator()], parseOptions: Compiling.ParseOptions);
                var states = History(changes);
                for (var i = 0; i < states.Count; i++)
                {
                    if (i == 0 || changes[i - 1].IsSaved || i == states.Count - 1)
                    {
                        remembering = remembering.RunGenerators(states[i]);
                        forgetting = forgetting.RunGenerators(states[i]);
                        Assert.Empty(checking.Faults);
                        Assert.Equal(Files(forgetting), Files(remembering));
                    }
                }

                Interlocked.Add(ref answered, checking.Remembered);
            },
            iter: Histories);

        Assert.True(answered > 0);
    }

    [Fact]
    public void Projects_and_branches_that_run_at_once_keep_apart()
    {
        var start = Start();
        CSharpCompilation[] states =
        [
            start,
            Edit(start, 1, 2),
            Edit(start, 3, 1),
            start.AddReferences(Libraries[0]).RemoveSyntaxTrees(start.SyntaxTrees.Single(static tree => tree.FilePath == "Thing.cs")),
            start.WithOptions(start.Options.WithNullableContextOptions(NullableContextOptions.Disable)),
            start.WithAssemblyName("Renamed"),
        ];
        var expected = states.Select(static state => Files(Driver().RunGenerators(Afresh(state)))).ToList();
        var generator = new NagareGenerator().AsSourceGenerator();
        var shared = CSharpGeneratorDriver.Create([generator], parseOptions: Compiling.ParseOptions).RunGenerators(start, TestContext.Current.CancellationToken);

        Parallel.For(0, 8 * states.Length, i =>
        {
            var driver = i % 3 == 0 ? CSharpGeneratorDriver.Create([generator], parseOptions: Compiling.ParseOptions).RunGenerators(start) : shared;
            Assert.Equal(expected[i % states.Length], Files(driver.RunGenerators(states[i % states.Length])));
        });
    }

    [Fact]
    public void A_symbol_that_closes_a_method_with_a_directive_matters_behind_it()
    {
        var start = Start();
        var gate = start.SyntaxTrees.Single(static tree => tree.FilePath == "Gate.cs");
        var strict = start.ReplaceSyntaxTree(gate, CSharpSyntaxTree.ParseText(gate.ToString(), Compiling.ParseOptions.WithPreprocessorSymbols("STRICT"), gate.FilePath));
        var driver = Driver().RunGenerators(start, TestContext.Current.CancellationToken);
        var before = Files(driver);
        var after = Files(driver.RunGenerators(strict, TestContext.Current.CancellationToken));

        Assert.NotEqual(before, after);
        Assert.Equal(Files(Driver().RunGenerators(Afresh(strict), TestContext.Current.CancellationToken)), after);
    }

    // The editor still shows a file that its project no longer holds.
    [Fact]
    public void A_file_that_is_kept_keeps_no_compilation_alive()
    {
        var (driver, kept, compilation, referenced) = RunAndRemove();
        for (var i = 0; i < 5 && (compilation.IsAlive || referenced.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(compilation.IsAlive);
        Assert.False(referenced.IsAlive);
        GC.KeepAlive(driver);
        GC.KeepAlive(kept);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static (GeneratorDriver Driver, SyntaxTree Kept, WeakReference Compilation, WeakReference Referenced) RunAndRemove()
    {
        var library = Compiling.Compile("namespace Library; public sealed class Any;").WithAssemblyName("Gone");
        var compilation = Start().AddReferences(library.ToMetadataReference());
        var kept = compilation.SyntaxTrees[0];
        var driver = Driver().RunGenerators(compilation).RunGenerators(Start().AddReferences(Libraries[0]));
        return (driver, kept, new WeakReference(compilation), new WeakReference(library));
    }

    /// <summary>The start and the state after each change.</summary>
    private static List<CSharpCompilation> History(Change[] changes)
    {
        var states = new List<CSharpCompilation> { Start() };
        foreach (var change in changes)
        {
            states.Add(Apply(states, change));
        }

        return states;
    }

    private static CSharpCompilation Apply(List<CSharpCompilation> states, Change change)
    {
        var now = states[^1];
        var trees = now.SyntaxTrees;
        switch (change.Kind)
        {
            case Kind.Undone:
                return states[change.Place % states.Count];
            case Kind.Reordered:
                var from = change.Place % trees.Length;
                return now.RemoveAllSyntaxTrees().AddSyntaxTrees([.. trees.Skip(from), .. trees.Take(from)]);
            case Kind.Symbols:
                var file = trees[change.Place % trees.Length];
                var options = (CSharpParseOptions)file.Options;
                return now.ReplaceSyntaxTree(file, CSharpSyntaxTree.ParseText(file.ToString(), options.WithPreprocessorSymbols(options.PreprocessorSymbolNames.Any() ? Array.Empty<string>() : ["STRICT"]), file.FilePath));
            case Kind.Nullability:
                return now.WithOptions(now.Options.WithNullableContextOptions(change.Place % 2 == 0 ? NullableContextOptions.Disable : NullableContextOptions.Enable));
            case Kind.Reference:
                var library = Libraries[change.Place % Libraries.Length];
                return now.References.Contains(library) ? now.RemoveReferences(library) : now.AddReferences(library);
            case Kind.Renamed:
                return now.WithAssemblyName(change.Place % 2 == 0 ? "Renamed" : "Users");
            default:
                return Edit(now, change.Place % Places.Length, change.Text);
        }
    }

    /// <summary>Something that happens, and whether generators run behind it.</summary>
    private sealed record Change(Kind Kind, int Place, int Text, bool IsSaved);

    private sealed class With(IMemory memory) : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context) => NagareGenerator.Register(context, new Marks(context, memory));
    }

    private sealed class Forgetting : IMemory
    {
        public Func<GeneratorAttributeSyntaxContext, CancellationToken, T?> Of<T>(Func<GeneratorAttributeSyntaxContext, CancellationToken, T?> parse)
            where T : class => parse;
    }

    /// <summary>Asks the parser too, each time.</summary>
    private sealed class Checking : IMemory
    {
        private int _remembered;

        public ConcurrentQueue<string> Faults { get; } = new();

        /// <summary>How often no parser was asked.</summary>
        public int Remembered => _remembered;

        public Func<GeneratorAttributeSyntaxContext, CancellationToken, T?> Of<T>(Func<GeneratorAttributeSyntaxContext, CancellationToken, T?> parse)
            where T : class
        {
            var isAsked = false;
            var remembered = new Remembered<T>((context, cancellationToken) =>
            {
                isAsked = true;
                return parse(context, cancellationToken);
            });
            return (context, cancellationToken) =>
            {
                isAsked = false;
                var kept = remembered.Parse(context, cancellationToken);
                _remembered += isAsked ? 0 : 1;
                var parsed = parse(context, cancellationToken);
                if (!Equals(kept, parsed))
                {
                    Faults.Enqueue($"{context.TargetSymbol}: {kept} where the parser says {parsed}");
                }

                return kept;
            };
        }
    }
}
