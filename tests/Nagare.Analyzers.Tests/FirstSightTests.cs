using Microsoft.CodeAnalysis;

namespace Nagare.Analyzers.Tests;

/// <summary>
/// The finding is the first thing that somebody sees: the compiler stops before it asks any rule where a declaration is wrong, and an error in
/// generated code says nothing to whoever did not write it.
/// </summary>
public class FirstSightTests
{
    private const string Family = """
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event("started")] public sealed record Started(string Prompt) : RunEvent;
        }

        """;

    public static TheoryData<string, string> Mistakes => new()
    {
        { "NAG0001", """[EventFamily("run")] public abstract partial record RunEvent { [Event] public record Started(string Prompt) : RunEvent; }""" },
        { "NAG0002", """[Event] public sealed record Started(string Prompt);""" },
        { "NAG0002", """[EventFamily("run")] public abstract partial record RunEvent { [Event] public sealed record Started<T>(T Prompt) : RunEvent; }""" },
        { "NAG0002", """[EventFamily("run")] public abstract partial record RunEvent { [Event] public abstract record Started(string Prompt) : RunEvent; }""" },
        { "NAG0003", """[EventFamily("run")] public abstract record RunEvent { [Event] public sealed record Started(string Prompt) : RunEvent; } [EventModel] public sealed partial class Model;""" },
        { "NAG0003", """[EventFamily("run")] public partial record RunEvent { [Event] public sealed record Started(string Prompt) : RunEvent; } [EventModel] public sealed partial class Model;""" },
        { "NAG0003", """[EventFamily("run")] public abstract partial class RunEvent { [Event] public sealed class Started : RunEvent; } [EventModel] public sealed partial class Model;""" },
        { "NAG0004", """[EventFamily("run")] public abstract partial record RunEvent { [Event] public sealed record Started : RunEvent { public string Prompt { get; private set; } = ""; } }""" },
        { "NAG0005", """[EventFamily("run")] public abstract partial record RunEvent { [Event] public sealed record Started : RunEvent { public readonly string Prompt = ""; } }""" },
        { "NAG0007", """[EventFamily("run")] public abstract partial record RunEvent { [Event] public sealed record Started(Uri Link, (int, int) Range, Action Callback) : RunEvent; } [EventModel] public sealed partial class Model;""" },
        { "NAG0007", """[EventFamily("run")] public abstract partial record RunEvent { [Event] public sealed record Started(System.Collections.Generic.Dictionary<int, string> Names) : RunEvent; }""" },
        { "NAG0008", """[EventFamily("run")] public abstract partial record RunEvent { [Event("a")] public sealed record Started(string Prompt) : RunEvent; [Event("a")] public sealed record Ended : RunEvent; } [EventModel] public sealed partial class Model;""" },
        { "NAG0008", Family + """[EventFamily("run")] public abstract partial record Other { [Event] public sealed record Started(string Prompt) : Other; } [EventModel] public sealed partial class Model;""" },
        { "NAG0009", Family + "[Aggregate(IgnoreRest = true)] public sealed partial record Run(int Steps) : IAggregate<Run, RunEvent>;" },
        { "NAG0009", Family + "[Invariant] public sealed class Rule : IBisectInvariant { private Rule() { } public string Name => \"\"; public string Description => \"\"; public System.Threading.Tasks.ValueTask<InvariantResult> Evaluate(IInvariantContext ctx) => default; } [EventModel] public sealed partial class Model;" },
        { "NAG0010", Family + "[EventModel] public sealed partial class A; [EventModel] public sealed partial class B;" },
        { "NAG0011", Family + "[EventModel] public sealed class A;" },
        { "NAG0012", Family + """[EventModel] public sealed partial class A; public static class Rules { [Invariant("a", "A.")] static InvariantResult Rule(RunEvent.Started e) => InvariantResult.Holds; }""" },
        { "NAG0013", """[EventFamily("run")] public abstract partial record RunEvent { [Event, Explain("{Promt}")] public sealed record Started(string Prompt) : RunEvent; } [EventModel] public sealed partial class Model;""" },
        { "NAG0014", """[EventFamily("run")] public abstract partial record RunEvent { [Event] public sealed record Started(Mood Mood) : RunEvent; } [System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonNumberEnumConverter<Mood>))] public enum Mood { Good }""" },
        { "NAG0016", """[EventFamily("run")] public abstract partial record RunEvent { [Event("started")] public sealed record Started(string Prompt) : RunEvent; } [Aggregate(SnapshotEvery = 9)] public sealed partial record Run : IAggregate<Run, RunEvent> { public object? Anything { get; init; } Run Apply(RunEvent.Started e) => this; }""" },
        { "NAG0015", """[EventFamily("run")] public abstract partial record RunEvent { [Event] public sealed record Started(string Prompt) : RunEvent; }""" },
        { "NAG1004", Family + "[Aggregate] public sealed partial class Run : IAggregate<Run, RunEvent> { async void Apply(RunEvent.Started e) => await System.Threading.Tasks.Task.Yield(); }" },
        { "NAG3001", Family + "[Aggregate] public sealed partial record Run : IAggregate<Run, RunEvent> { public Guid Id { get; init; } Run Apply(RunEvent.Started e) => this with { Id = Guid.NewGuid() }; }" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task The_rule_speaks_before_anything_else(string id, string source)
    {
        var compilation = AllRules.Generate(("Users.cs", "using System;\nusing Nagare;\nnamespace Users;\n" + source));
        Assert.Empty(compilation.GetDeclarationDiagnostics(TestContext.Current.CancellationToken).Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Location.SourceTree?.FilePath != "Users.cs"));
        Assert.Contains(await AllRules.Find(compilation), diagnostic => diagnostic.Id == id);
    }
}
