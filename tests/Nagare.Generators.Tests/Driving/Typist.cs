using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nagare.Generators.Tests.Driving;

/// <summary>Files of users, what may be typed in each of them, and what a generator makes of them.</summary>
internal static class Typist
{
    // What holds behind a method's body is decided in it.
    private const string Gate = """
        namespace Near;
        public static class Gate
        {
            static void Close()
            {
        #if STRICT
        #nullable disable
        #endif
            }
            public sealed record Pass(string Text);
        }
        """;

    // Each place has several texts, and each text changes what another file's declarations mean, without an edit there.
    public static readonly (string Path, string[] Texts)[] Places =
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
                public sealed record Ended(Outer.Inner Inner, Elsewhere Elsewhere, Base.Nested Nested, Id Id, Settings Settings, Deep.Moved Moved, Gate.Pass Pass) : Happening;
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
        ("Alias.cs", ["global using Id = Near.Identity; namespace Near { public sealed record Identity(int Number); }", "global using Id = Near.Identity; namespace Near { public sealed record Identity(long Number); }"]),
        ("Settings.cs", ["namespace Near; public sealed record Settings { public int Size { get; init; } = 1+2; }", "namespace Near; public sealed record Settings { public int Size { get; init; } = 1 + 2 /* three */; }"]),
        ("Spaces.cs", ["namespace Near { public static class Nothing; } namespace Deep { public static class Empty; }", "namespace Near { public static class Nothing; namespace Deep { public static class Empty; } }"]),
        ("Deep.cs", ["namespace Deep; public sealed record Moved(int A);", "namespace Deep; public sealed record Moved(int? A);"]),
        ("Gate.cs", [Gate, Gate.Replace("string Text", "string Text, int Count", StringComparison.Ordinal)]),
        ("Model.cs", ["[Nagare.EventModel] public sealed partial class Model;", "public sealed class NoModel;", "namespace Near; [EventModel] public sealed partial class Model; public sealed record Rename : ICommand<State>;"]),
    ];

    public static CSharpGeneratorDriver Driver() => CSharpGeneratorDriver.Create(Generators.CreateAll(), parseOptions: Compiling.ParseOptions);

    public static CSharpCompilation Start() =>
        Compiling.Compile().AddSyntaxTrees(Places.Select(static place => Compiling.Parse(place.Texts[0], place.Path)));

    /// <summary>The compilation with one of a place's texts, or without its file where the text is -1.</summary>
    public static CSharpCompilation Edit(CSharpCompilation compilation, int place, int text)
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

    /// <summary>The same, of which no tree, node or symbol was ever seen by a generator.</summary>
    public static CSharpCompilation Afresh(CSharpCompilation compilation) =>
        compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Select(static tree => CSharpSyntaxTree.ParseText(tree.ToString(), (CSharpParseOptions)tree.Options, tree.FilePath)));

    public static SortedDictionary<string, string> Files(GeneratorDriver driver) =>
        new(driver.GetRunResult().Results.SelectMany(static result => result.GeneratedSources).ToDictionary(static file => file.HintName, static file => file.SourceText.ToString()), StringComparer.Ordinal);
}
