using System.Text;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nagare.Benchmarks.Typing;

/// <summary>A large application's model: 1,000 events in 50 families, each family with an aggregate and a class that uses it, a file each.</summary>
internal static class TypedSources
{
    public const int Families = 50;
    public const int EventsPerFamily = 20;

    private static readonly CSharpParseOptions ParseOptions = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14);

    private static readonly MetadataReference[] References = [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(EventAttribute).Assembly.Location)];

    /// <summary>A compilation whose symbols nobody has asked for yet.</summary>
    public static CSharpCompilation Compile(params IEnumerable<SyntaxTree> trees) =>
        CSharpCompilation.Create("Typed", trees, References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static CSharpParseOptions Options => ParseOptions;

    public static SyntaxTree Parse(string path, string text) => CSharpSyntaxTree.ParseText(text, ParseOptions, path);

    /// <summary>Every file.</summary>
    public static IReadOnlyList<SyntaxTree> All() =>
    [
        Parse("Usings.cs", "global using System; global using System.Collections.Generic; global using System.Threading; global using System.Threading.Tasks; global using Nagare;"),
        Parse("Shared.cs", """
            namespace Typed;
            public enum Mood { Good, Bad, Unknown }
            public sealed record Place(string City, string? Street, int Number);
            [EventModel] public sealed partial class TypedModel;
            """),
        Parse("Unrelated.cs", Unrelated(0)),
        .. Enumerable.Range(0, Families).Select(static family => Parse($"Family{family}.cs", Family(family, 0))),
        .. Enumerable.Range(0, Families).Select(static family => Parse($"Desk{family}.cs", Desk(family, 0))),
    ];

    /// <summary>A file that has nothing to do with events, after some keys.</summary>
    public static string Unrelated(int keys) => $$"""
        namespace Typed;
        public static class Unrelated
        {
            public static int Answer(int question) => question + {{keys}};
        }
        """;

    /// <summary>A family's events and aggregate, with the first event's members as they are after some keys.</summary>
    public static string Family(int family, int keys)
    {
        var text = new StringBuilder($"namespace Typed;\n[EventFamily(\"family-{family}\")]\npublic abstract partial record Family{family}\n{{\n");
        for (var i = 0; i < EventsPerFamily; i++)
        {
            var typed = i == 0 && keys > 0 ? $", int? Key{keys}" : "";
            text.Append($"    [Event(\"happened-{i}\"), Explain(\"Happened to {{Name}}\", \"{{Amount:0.00}} at {{Place.City}}\")]\n")
                .Append($"    public sealed record Happened{i}(string Name, decimal Amount, DateTimeOffset At, Mood Mood, Place Place, IReadOnlyList<string> Notes, long? Count{typed}) : Family{family};\n");
        }

        return text.Append($$"""
            }

            public sealed record Do{{family}}(string Name) : ICommand<State{{family}}>;

            [Aggregate]
            public sealed partial record State{{family}} : IAggregate<State{{family}}, Family{{family}}>
            {
                public int Count { get; init; }
                public string Name { get; init; } = "";
                State{{family}} Apply(Family{{family}}.Happened0 e) => this with { Count = Count + 1, Name = e.Name.Trim() };
                State{{family}} Apply(Family{{family}} e) => this with { Count = Count + 1 };
                Decision<Family{{family}}> Decide(Do{{family}} command, DecisionContext at) => Count > 10
                    ? Reject("enough")
                    : Persist(new Family{{family}}.Happened0(command.Name, 1, at.Now, Mood.Good, new Place("here", null, 1), [], null));
            }
            """).ToString();
    }

    /// <summary>A class that uses the family, with a method body as it is after some keys.</summary>
    public static string Desk(int family, int keys) => $$"""
        namespace Typed;
        public sealed class Desk{{family}}(IAggregateRepository<State{{family}}> states)
        {
            public async Task<int> Work(string id, CancellationToken cancellationToken)
            {
                var result = await states.Execute(new StreamId("family-{{family}}", id), new Do{{family}}(id), cancellationToken);
                var (state, _) = await states.Load(new StreamId("family-{{family}}", id), cancellationToken);
                return result.Attempts + state.Count + {{keys}};
            }
        }
        """;

    /// <summary>What the generator of System.Text.Json is told of the same events.</summary>
    public static SyntaxTree JsonContext() => Parse("Json.cs", new StringBuilder("namespace Typed;\n")
        .AppendJoin("\n", from family in Enumerable.Range(0, Families)
                          from i in Enumerable.Range(0, EventsPerFamily)
                          select $"[System.Text.Json.Serialization.JsonSerializable(typeof(Family{family}.Happened{i}), TypeInfoPropertyName = \"F{family}H{i}\")]")
        .Append("\npublic sealed partial class TypedJson : System.Text.Json.Serialization.JsonSerializerContext;\n").ToString());
}
