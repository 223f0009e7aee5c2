using Nagare.Generators.Tests.Driving;

namespace Nagare.Generators.Tests.Explainers;

public sealed class ExplainerCompilationTests
{
    [Fact]
    public void It_compiles_without_usings_beside_confusing_names() => Compiles("""
        namespace Confusing
        {
            public sealed class System;
            public sealed class Nagare;
            public sealed class String;

            [global::Nagare.EventFamily("confusing")]
            public abstract partial record Confused
            {
                [global::Nagare.Event] public sealed record E(int @class, string? @int, global::System.Guid Guid) : Confused;
                [global::Nagare.Event, global::System.Obsolete("Old.")] public sealed record At(int Number) : Confused;
                [global::Nagare.Event, global::Nagare.Explain("\"{@class}\" \\ {class:0'\"'} {{x}}\n")] public sealed record @event(int @class) : Confused;
                [global::Nagare.Event] public sealed record NeverStored : Confused;
            }
            namespace Other
            {
                [global::Nagare.Event] public sealed record E(int Number) : Confused;
            }

            [global::Nagare.Explainer]
            public sealed partial class @switch : global::Nagare.IEventExplainer<Confused>
            {
                global::Nagare.Explanation Explain(Confused.NeverStored e, global::Nagare.Envelope at) => new("At");
                static string ExplainE(int e) => "";
            }
        }
        """);

    [Fact]
    public void Private_explainers_and_private_events_are_dispatched_where_they_can_be_seen() => Compiles("""
        using Nagare;
        [EventFamily("closed")]
        public abstract partial record Family
        {
            [Event] private sealed record Own(string Text) : Family;
            [Event] public sealed record Open(string Text) : Family;

            [Explainer]
            private sealed partial class Inside : IEventExplainer<Family>
            {
                Explanation Explain(Own e) => new(e.Text);
            }
        }
        [Explainer] internal sealed partial class Outside : IEventExplainer<Family>;
        [EventModel] public sealed partial class Model;
        """);

    [Fact]
    public void A_family_of_another_assembly_is_explained_with_its_templates()
    {
        var events = Compiling.Generate(Compiling.Compile("""
            using Nagare;
            namespace Users;
            [EventFamily("run")]
            public abstract partial record RunEvent
            {
                [Event, Explain("Started with {Prompt}")] public sealed record Started(string Prompt) : RunEvent;
                [Event] internal sealed record Hidden(int Number) : RunEvent;
            }
            """)).WithAssemblyName("Contracts");
        using var image = new MemoryStream();
        Assert.True(events.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        var users = Compiling.Compile("""
            using Nagare;
            [Explainer] public sealed partial class RunExplainer : IEventExplainer<Users.RunEvent>;
            """).AddReferences(Microsoft.CodeAnalysis.MetadataReference.CreateFromImage(image.ToArray()));

        Assert.Empty(Compiling.Diagnose(users));
        Assert.Contains(Compiling.Generate(users).SyntaxTrees, tree => tree.ToString().Contains("$\"Started with {e.Prompt}\"", StringComparison.Ordinal));
    }

    private static void Compiles(params string[] sources) => Assert.Empty(Compiling.Diagnose(Compiling.Compile(sources)));
}
