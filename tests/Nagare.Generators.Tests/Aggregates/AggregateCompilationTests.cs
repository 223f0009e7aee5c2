using Nagare.Generators.Tests.Driving;

namespace Nagare.Generators.Tests.Aggregates;

public sealed class AggregateCompilationTests
{
    private const string Family = """
        using Nagare;
        namespace Users;
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt) : RunEvent;
            [Event] public sealed record Ended : RunEvent;
        }
        """;

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
                [global::Nagare.Event] public sealed record State(int Number) : Confused;
                [global::Nagare.Event] public sealed record E(int Number) : Confused;
                [global::Nagare.Event] public sealed record @event(int @class) : Confused;
            }

            public sealed record @do : global::Nagare.ICommand<@switch>;
            public sealed record At : global::Nagare.ICommand<@switch>;
            public readonly record struct Command : global::Nagare.ICommand<@switch>;

            [global::Nagare.Aggregate]
            public sealed partial record @switch : global::Nagare.IAggregate<@switch, Confused>
            {
                @switch Apply(Confused.State e) => this;
                @switch Apply(Confused.E e) => this;
                @switch Apply(Confused.@event e) => this;
                global::Nagare.Decision<Confused> Decide(@do c) => Ignore();
                global::Nagare.Decision<Confused> Decide(At c) => Ignore();
                global::Nagare.Decision<Confused> Decide(Command c, global::Nagare.DecisionContext at) => Persist(new Confused.State(1), new Confused.E(2));
            }
        }
        """);

    [Fact]
    public void Obsolete_events_are_still_folded() => Compiles("""
        using System;
        using Nagare;
        [EventFamily("old")]
        public abstract partial record OldEvent
        {
            [Event, Obsolete("Nobody records it any more.")] public sealed record Retired(string Why) : OldEvent;
        }
        [Aggregate]
        public sealed partial class Old : IAggregate<Old, OldEvent>;
        """);

    [Fact]
    public void Private_and_protected_nested_aggregates_are_completed_in_place() => Compiles(Family, """
        using Nagare;
        namespace Users;
        public partial struct Outer
        {
            internal partial interface IMiddle
            {
                public partial class Inner
                {
                    [Aggregate(IgnoreRest = true)] private sealed partial record Hidden : IAggregate<Hidden, RunEvent>;
                    [Aggregate(IgnoreRest = true)] protected sealed partial class Guarded : IAggregate<Guarded, RunEvent>;
                }
            }
        }
        [EventModel] public sealed partial class Model;
        """);

    [Fact]
    public void Private_events_are_applied_by_the_aggregate_that_sees_them() => Compiles("""
        using Nagare;
        namespace Closed;
        [EventFamily("closed")]
        public abstract partial record Family
        {
            [Event] private sealed record Own(string Text) : Family;
            [Event] public sealed record Open(string Text) : Family;

            [Aggregate]
            public sealed partial record Inside : IAggregate<Inside, Family>
            {
                Inside Apply(Own e) => this;
                Inside Apply(Open e) => this;
            }
        }
        [Aggregate]
        public sealed partial record Outside : IAggregate<Outside, Family>
        {
            Outside Apply(Family.Open e) => this;
        }
        """);

    [Fact]
    public void An_event_below_another_one_stands_before_it() => Compiles("""
        using Nagare;
        namespace Deep;
        [EventFamily("deep")]
        public abstract partial record DeepEvent;
        public abstract record Group : DeepEvent;
        [Event] public record Upper : Group;
        [Event] public sealed record Lower : Upper;
        [Event] public sealed record Other : Group;

        [Aggregate, Ignores<Group>]
        public sealed partial record First : IAggregate<First, DeepEvent>
        {
            First Apply(Upper e) => this;
            First Apply(Lower e) => this;
        }
        [Aggregate, Ignores<Lower>]
        public sealed partial class Second : IAggregate<Second, DeepEvent>
        {
            void Apply(DeepEvent e) { }
            Second Apply(Group e) => this;
        }
        [Aggregate]
        public sealed partial record Third : IAggregate<Third, DeepEvent>;
        """);

    [Fact]
    public void Members_that_the_user_wrote_are_not_written_again() => Compiles(Family, """
        using Nagare;
        namespace Users;
        public sealed record Go : ICommand<Run>;
        public abstract class Named { public string Stream => "mine"; }

        [Aggregate]
        public sealed partial class Run : Named, IAggregate<Run, RunEvent>
        {
            static Run IAggregate<Run, RunEvent>.Initial => new();
            public static Run Evolve(Run state, RunEvent e) => state;
            Decision<RunEvent> Decide(Go go) => Persist();
            static Decision<RunEvent> IAggregate<Run, RunEvent>.Decide(Run state, ICommand<Run> command, DecisionContext at) => state.Decide((Go)command);
            static Decision<RunEvent> Persist() => Decision.Ignore<RunEvent>();
            public bool Reject { get; }
            public int Ignore;
        }
        """);

    [Theory]
    [InlineData("public sealed partial record Run(int Steps)")]
    [InlineData("public abstract partial record Run")]
    public void An_initial_state_that_only_the_user_can_know_is_left_to_NAG0009(string declaration) =>
        Assert.Empty(Compiling.Diagnose(Compiling.Compile(Family, $$"""
            using Nagare;
            namespace Users;
            [Aggregate(IgnoreRest = true)]
            {{declaration}} : IAggregate<Run, RunEvent>;
            """)));

    [Fact]
    public void A_required_member_leaves_Initial_to_NAG0009() =>
        Assert.Empty(Compiling.Diagnose(Compiling.Compile(Family, """
            using Nagare;
            namespace Users;
            [Aggregate(IgnoreRest = true)]
            public sealed partial record Run : IAggregate<Run, RunEvent> { public required int Steps { get; init; } }
            """)));

    [Fact]
    public void A_family_of_another_assembly_is_folded_from_what_its_build_left_on_it()
    {
        var events = Compiling.Generate(Compiling.Compile(Family)).WithAssemblyName("Contracts");
        using var image = new MemoryStream();
        Assert.True(events.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        var users = Compiling.Compile("""
            using Nagare;
            [Aggregate]
            public sealed partial record Run : IAggregate<Run, Users.RunEvent>
            {
                Run Apply(Users.RunEvent.Started e) => this;
            }
            """).AddReferences(Microsoft.CodeAnalysis.MetadataReference.CreateFromImage(image.ToArray()));

        Assert.Empty(Compiling.Diagnose(users));
        Assert.Contains(Compiling.Generate(users).SyntaxTrees, tree => tree.ToString().Contains("global::Users.RunEvent.Ended => state, // neither applied nor ignored: NAG1002", StringComparison.Ordinal));
        Assert.Contains(Compiling.Generate(users).SyntaxTrees, tree => tree.ToString().Contains("Stream(string id) => new(\"run\", id);", StringComparison.Ordinal));
    }

    private static void Compiles(params string[] sources) => Assert.Empty(Compiling.Diagnose(Compiling.Compile(sources)));
}
