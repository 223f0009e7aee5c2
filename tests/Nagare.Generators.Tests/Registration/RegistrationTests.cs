using Nagare.Generators.Tests.Driving;

namespace Nagare.Generators.Tests.Registration;

public sealed class RegistrationTests
{
    private const string Family = """
        using Nagare;
        namespace Users;
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt) : RunEvent;
        }
        [EventModel] public sealed partial class Model;
        """;

    [Fact]
    public void Everything_marked_in_the_assembly_is_listed()
    {
        var model = Model(Family, """
            using Nagare;
            namespace Users;
            [Aggregate] public sealed record Plain : IAggregate<Plain, RunEvent>
            {
                public static Plain Initial => new();
                public static Plain Evolve(Plain state, RunEvent e) => state;
            }
            [Explainer] internal sealed class PlainExplainer : IEventExplainer<RunEvent>
            {
                public Explanation Explain(RunEvent e) => new("?");
            }
            [Command("go")] public readonly record struct Go : ICommand<Plain>;
            public sealed record Unmarked : IAggregate<Unmarked, RunEvent>
            {
                public static Unmarked Initial => new();
                public static Unmarked Evolve(Unmarked state, RunEvent e) => state;
            }
            """);

        Assert.Contains("model.AddFamily(global::Nagare.Generated.Users_RunEventFamily.Value);", model);
        Assert.Contains("model.AddAggregate<global::Users.Plain, global::Users.RunEvent>();", model);
        Assert.Contains("model.AddExplainer<global::Users.RunEvent>(static _ => new global::Users.PlainExplainer());", model);
        Assert.Contains("model.AddCommand<global::Users.Go>(\"go\");", model);
        Assert.DoesNotContain("Unmarked", model);
    }

    [Fact]
    public void What_only_its_container_sees_is_not_listed()
    {
        var model = Model(Family, """
            using Nagare;
            namespace Users;
            public static class Outer
            {
                [Command("go")] private sealed record Go;
                [Invariant("rule", "Must hold.")] private static InvariantResult Rule(RunEvent e) => default;
            }
            """);

        Assert.DoesNotContain("AddCommand", model);
        Assert.DoesNotContain("class Invariants", model);
    }

    [Fact]
    public void Constructors_get_services_and_keep_their_defaults()
    {
        var model = Model(Family, """
            using System;
            using Nagare;
            namespace Users;
            public interface IWords;
            public interface INumbers;
            [Explainer] public sealed class RunExplainer(IServiceProvider all, IWords words, INumbers? @int = null, int limit = 3, string name = "x") : IEventExplainer<RunEvent>
            {
                public RunExplainer() : this(null!, null!) { }
                public Explanation Explain(RunEvent e) => new($"{all}{words}{@int}{limit}{name}");
            }
            """);

        Assert.Contains(
            "new global::Users.RunExplainer(all: services, words: global::Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<global::Users.IWords>(services), @int: global::Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetService<global::Users.INumbers>(services))",
            model);
    }

    [Fact]
    public void Rules_of_one_name_are_told_apart_by_what_stands_around_them()
    {
        var model = Model(Family, """
            using Nagare;
            namespace Users
            {
                public static class Cheap { [Invariant("a", "A.")] public static InvariantResult Holds(RunEvent e) => default; }
                public static class Quick { [Invariant("b", "B.")] public static InvariantResult Holds(RunEvent e) => default; }
                public static class Named
                {
                    [Invariant("c", "C.")] public static InvariantResult Invariants(RunEvent e) => default;
                    [Invariant("d", "D.")] public static InvariantResult Equals(RunEvent e) => default;
                    [Invariant("e", "E.")] public static InvariantResult Twice(RunEvent e) => default;
                    [Invariant("f", "F.")] public static InvariantResult Twice(RunEvent.Started e, Envelope at) => default;
                }
            }
            namespace Users.Deeper
            {
                public static class Quick { [Invariant("g", "G & <H>.")] public static InvariantResult Holds(RunEvent.Started e) => default; }
            }
            """);

        Assert.All(
            ["CheapHolds", "UsersQuickHolds", "DeeperQuickHolds", "NamedInvariants", "NamedEquals", "Twice", "Twice2"],
            name => Assert.Contains($"InvariantRule {name} {{ get; }}", model));
        Assert.Contains("/// <summary>G &amp; &lt;H&gt;.</summary>", model);
    }

    [Fact]
    public void A_second_model_of_one_assembly_implements_nothing() =>
        Assert.Single(
            Compiling.Generate(Compiling.Compile(Family, "[Nagare.EventModel] public sealed partial class Second;")).SyntaxTrees,
            tree => tree.FilePath.EndsWith(".Model.g.cs", StringComparison.Ordinal));

    private static string Model(params string[] sources)
    {
        var compilation = Compiling.Compile(sources);
        Assert.Empty(Compiling.Diagnose(compilation));
        return Compiling.Generate(compilation).SyntaxTrees.Single(tree => tree.FilePath.EndsWith(".Model.g.cs", StringComparison.Ordinal)).ToString();
    }
}
