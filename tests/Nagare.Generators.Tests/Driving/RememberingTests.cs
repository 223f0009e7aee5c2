using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nagare.Generators.Tests.Driving;

/// <summary>What a parser remembers from key to key never shows: whatever was typed, and whenever generators ran, the output is that of a first run.</summary>
public sealed class RememberingTests
{
    private const int Seed = 17;
    private const int Rounds = 200;
    private const int MostEdits = 12;

    // Each place has several texts, and each text changes what another file's declarations mean, without an edit there.
    private static readonly (string Path, string[] Texts)[] Places =
    [
        ("Events.cs",
        [
            """
            using Far;
            namespace Near;
            [EventFamily(Names.Family)]
            public abstract partial record Happening
            {
                [Event(Names.Began, Version = Names.Version), Explain("Began with {Thing.Label}")]
                public sealed record Began(Thing Thing, Mood Mood = Names.Usual, int Count = Names.Count) : Happening;
                [Event("ended")]
                public sealed record Ended(Outer.Inner Inner, Elsewhere Elsewhere, Base.Nested Nested) : Happening;
            }
            [Aggregate]
            public sealed partial record State : IAggregate<State, Happening>
            {
                public int Count { get; init; }
                State Apply(Happening.Began e) => this with { Count = Count + 1 };
            }
            [Explainer] public sealed partial class Explains : IExplainer<Happening> { string Explain(Happening.Ended e) => "ended"; }
            """,
        ]),
        ("Names.cs",
        [
            "namespace Near; public static class Names { public const string Family = \"f\"; public const string Began = Further.Began; public const int Version = 2; public const Mood Usual = Mood.Good; public const int Count = 1; public static int Calm() { return 1; } }",
            "namespace Near; public static class Names { public const string Family = \"f\"; public const string Began = Further.Began; public const int Version = 2; public const Mood Usual = Mood.Good; public const int Count = 1; public static int Calm() { return 2; } }",
            "namespace Near; public static class Names { public const string Family = \"g\"; public const string Began = \"began\"; public const int Version = 3; public const Mood Usual = Mood.Bad; public const int Count = 2; }",
        ]),
        ("Further.cs", ["namespace Near; static class Further { public const string Began = \"started\"; }", "namespace Near; static class Further { public const string Began = \"opened\"; }"]),
        ("Mood.cs", ["namespace Near; public enum Mood { [FormerName(\"fine\")] Good, Bad }", "namespace Near; public enum Mood { Bad, Good, [FormerName(\"none\")] Unknown }"]),
        ("Thing.cs",
        [
            "namespace Far; public sealed record Thing(string Label);",
            "namespace Far; public sealed record Thing(string Label, int? Size = null) : Root;",
            "#nullable disable\nnamespace Far; public sealed record Thing(string Label);",
            "namespace Elsewhere; public sealed record Thing(string Label);",
            "namespace Far; public sealed partial record Thing(string Label);",
        ]),
        ("Root.cs", ["namespace Far; public abstract record Root { public int Depth { get; init; } }", "namespace Far; public abstract record Root { public int Depth => 3; }", "namespace Far; public abstract record Root { public int Depth; }"]),
        ("Part.cs", ["namespace Far; public sealed partial record Thing { public string? More { get; init; } }", "namespace Apart; public sealed record Other;", "namespace Near; public sealed record Thing(int Label);"]),
        ("Outer.cs", ["namespace Near; public static class Outer { public sealed record Inner(int Number); }", "namespace Near; public static class Outer { public sealed record Inner(long Number, string? Text); }"]),
        ("Base.cs", ["namespace Near; public class Derivation { public sealed record Nested(int A); } public class Base : Derivation;", "namespace Near; public class Derivation { public sealed record Nested(int A, int B = 4); } public class Base : Derivation;", "namespace Near; public class Derivation { public sealed record Nested(int A); } public class Base : Derivation { public new sealed record Nested(string A); }"]),
        ("Usings.cs", ["global using Nagare; global using Apart;", "global using Nagare; global using Third;", "global using Nagare;"]),
        ("Elsewhere.cs", ["namespace Apart { public sealed record Elsewhere(int A); } namespace Third { public sealed record Elsewhere(string B); }", "namespace Apart { public sealed record Elsewhere(int A, int C = 3); } namespace Third { public sealed record Elsewhere(string B, string? D); }"]),
        ("Model.cs", ["[Nagare.EventModel] public sealed partial class Model;", "public sealed class NoModel;", "namespace Near; [EventModel] public sealed partial class Model; public sealed record Rename : ICommand<State>;"]),
    ];

    // As when an editor runs generators only on save. One save: at the third run of one driver Roslyn's own provider of marks (5.0) loses marks
    // of files that nobody edited, with any generator, where a file had got its first mark or lost its last.
    [Fact]
    public void After_any_edits_outputs_are_those_of_a_first_run()
    {
        var random = new Random(Seed);
        for (var round = 0; round < Rounds; round++)
        {
            var compilation = Start();
            var driver = Driver().RunGenerators(compilation, TestContext.Current.CancellationToken);
            var edits = new List<string>();
            for (var edit = random.Next(MostEdits); edit >= 0; edit--)
            {
                var (place, text) = (random.Next(1, Places.Length), random.Next(-1, 6));
                edits.Add($"{Places[place].Path} := {text}");
                compilation = Edit(compilation, place, text);
            }

            Assert.True(
                Files(driver.RunGenerators(compilation, TestContext.Current.CancellationToken)).SequenceEqual(Files(Driver().RunGenerators(Afresh(compilation), TestContext.Current.CancellationToken))),
                string.Join("; ", edits));
        }
    }

    public static TheoryData<string, int> EveryText =>
        [.. from place in Places.Skip(1) from text in Enumerable.Range(-1, place.Texts.Length + 1) select new TheoryDataRow<string, int>(place.Path, text)];

    [Theory]
    [MemberData(nameof(EveryText))]
    public void After_an_edit_elsewhere_too(string path, int text)
    {
        var compilation = Start();
        var driver = Driver().RunGenerators(compilation, TestContext.Current.CancellationToken);
        compilation = Edit(compilation, Array.FindIndex(Places, place => place.Path == path), text);

        Assert.Equal(
            Files(Driver().RunGenerators(Afresh(compilation), TestContext.Current.CancellationToken)),
            Files(driver.RunGenerators(compilation, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void The_texts_matter_to_files_that_nobody_edited()
    {
        var files = Files(Driver().RunGenerators(Start(), TestContext.Current.CancellationToken));

        // Of each place but those that only matter together with another, some text changes some output.
        Assert.All(Places.Skip(1).Where(static place => place.Path is not "Root.cs"), place => Assert.Contains(
            Enumerable.Range(0, place.Texts.Length),
            text => !Files(Driver().RunGenerators(Edit(Start(), Array.IndexOf(Places, place), text))).SequenceEqual(files)));
    }

    [Fact]
    public void References_and_options_matter_too()
    {
        var compilation = Start();
        var driver = Driver().RunGenerators(compilation, TestContext.Current.CancellationToken);
        var library = Compiling.Compile("namespace Far; public sealed record Thing(int Number);");
        foreach (var changed in new[]
        {
            Edit(compilation, 4, 3).AddReferences(library.ToMetadataReference()),
            compilation.WithOptions(compilation.Options.WithNullableContextOptions(NullableContextOptions.Disable)),
            compilation.WithAssemblyName("Renamed"),
        })
        {
            Assert.Equal(
                Files(Driver().RunGenerators(Afresh(changed), TestContext.Current.CancellationToken)),
                Files(driver.RunGenerators(changed, TestContext.Current.CancellationToken)));
        }
    }

    [Fact]
    public void An_edit_in_a_method_asks_no_parser()
    {
        var asked = 0;
        var generator = new CountingGenerator(() => asked++);
        var compilation = Start();
        var driver = Compiling.Driver(generator.AsSourceGenerator()).RunGenerators(compilation, TestContext.Current.CancellationToken);
        Assert.Equal(2, asked);

        driver = driver.RunGenerators(Edit(compilation, 1, 1), TestContext.Current.CancellationToken);
        Assert.Equal(2, asked);

        driver.RunGenerators(Edit(compilation, 1, 2), TestContext.Current.CancellationToken);
        Assert.Equal(4, asked);
    }

    private static CSharpGeneratorDriver Driver() => CSharpGeneratorDriver.Create(Generators.CreateAll(), parseOptions: Compiling.ParseOptions);

    private static CSharpCompilation Start() =>
        Compiling.Compile().AddSyntaxTrees(Places.Select(static place => Compiling.Parse(place.Texts[0], place.Path)));

    private static CSharpCompilation Edit(CSharpCompilation compilation, int place, int text)
    {
        var (path, texts) = Places[place];
        var before = compilation.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == path);
        var after = text < 0 ? null : Compiling.Parse(texts[text % texts.Length], path);
        return (before, after) switch
        {
            (null, null) => compilation.Clone(),
            (null, _) => compilation.AddSyntaxTrees(after),
            (_, null) => compilation.RemoveSyntaxTrees(before),
            _ => compilation.ReplaceSyntaxTree(before, after),
        };
    }

    // No tree, node or symbol of it was ever seen by a generator.
    private static CSharpCompilation Afresh(CSharpCompilation compilation) =>
        compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Select(static tree => Compiling.Parse(tree.ToString(), tree.FilePath)));

    private static SortedDictionary<string, string> Files(GeneratorDriver driver) =>
        new(driver.GetRunResult().Results.SelectMany(static result => result.GeneratedSources).ToDictionary(static file => file.HintName, static file => file.SourceText.ToString()), StringComparer.Ordinal);

    private sealed class CountingGenerator(Action asked) : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context)
        {
            var events = context.ForMark(KnownNames.EventAttribute, EventParser.IsCandidate, (found, cancellationToken) =>
            {
                asked();
                return EventParser.Parse(found, cancellationToken);
            });
            context.RegisterSourceOutput(events.Collect(), static (_, _) => { });
        }
    }
}
