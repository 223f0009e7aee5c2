using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nagare.Generators.Tests.Driving;

public sealed class IncrementalityTests
{
    public static TheoryData<string, string> HarmlessEdits
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var generator in Generators.Names)
            {
                foreach (var edit in Edits.Keys)
                {
                    data.Add(generator.Data, edit);
                }
            }

            return data;
        }
    }

    private static Dictionary<string, Func<CSharpCompilation, CSharpCompilation>> Edits { get; } = new()
    {
        ["nothing"] = compilation => compilation.Clone(),
        ["white space"] = compilation => Replace(compilation, 0, "namespace Shop;", "\n\n   namespace Shop;\n\n"),
        ["another file"] = compilation => Replace(compilation, 2, "42", "43"),
        ["a new file"] = compilation => compilation.AddSyntaxTrees(Compiling.Parse("class Unrelated;", "New.cs")),
        ["the body of a method"] = compilation => Replace(compilation, 0, "Reason.ToUpperInvariant()", "Reason + \"!\""),
        ["the body of an upcaster"] = compilation => Replace(compilation, 4, "new Money(0m, old.Currency)", "new Money(1m, old.Currency)"),
        ["the same in other words"] = compilation => Replace(compilation, 0, "string Customer", "global::System.String Customer"),
        ["a comment"] = compilation => Replace(compilation, 0, "[EventModel]", "// The model.\n[EventModel]"),
    };

    [Theory]
    [MemberData(nameof(HarmlessEdits))]
    public void A_harmless_edit_leaves_models_unchanged_and_outputs_cached(string generator, string edit)
    {
        var compilation = Users();
        var driver = Compiling.Driver(Generators.Create(generator).AsSourceGenerator()).RunGenerators(compilation, TestContext.Current.CancellationToken);
        var result = driver.RunGenerators(Edits[edit](compilation), TestContext.Current.CancellationToken).GetRunResult().Results.Single();

        foreach (var step in Generators.StepsOf(generator))
        {
            Assert.All(ReasonsOf(result.TrackedSteps[step]), reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step}: {reason}"));
        }

        Assert.NotEmpty(result.TrackedOutputSteps);
        Assert.All(result.TrackedOutputSteps, output => Assert.All(ReasonsOf(output.Value), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason)));
    }

    [Theory]
    [InlineData(nameof(CodecGenerator), "string Customer", "string Buyer", "Shop.OrderEvent.Placed.Event.g.cs")]
    [InlineData(nameof(CodecGenerator), "string Reason)", "string? Reason)", "Shop.OrderEvent.Cancelled.Event.g.cs")]
    [InlineData(nameof(FamilyGenerator), "Version = 2", "Version = 3")]
    [InlineData(nameof(FamilyGenerator), "\"order\"", "\"orders\"", "Shop.OrderEvent.Family.g.cs")]
    [InlineData(nameof(CodecGenerator), "int Code", "long Code", "Shop.CancelledV1.PastEvent.g.cs")]
    [InlineData(nameof(UpcasterGenerator), "int Code", "long Code")]
    [InlineData(nameof(UpcasterGenerator), "\"cancelled\", 1", "\"given-up\", 1", "Shop.OrderEvent.Upcasters.g.cs")]
    [InlineData(nameof(UpcasterGenerator), "EventMetadata at", "Envelope at", "Shop.OrderEvent.Upcasters.g.cs")]
    [InlineData(nameof(UpcasterGenerator), "\"order\"", "\"orders\"", "Shop.OrderEvent.PastJson.g.cs")]
    [InlineData(nameof(StateGenerator), "decimal Amount", "double Worth", "Shop.Order.State.g.cs")]
    [InlineData(nameof(AggregateGenerator), "Ignores<OrderEvent.Cancelled>", "Ignores<OrderEvent.Placed>", "Shop.Basket.Aggregate.g.cs")]
    [InlineData(nameof(AggregateGenerator), "record Cancel(", "record struct Cancel(")]
    [InlineData(nameof(ExplainerGenerator), "\"Placed by {Customer}\"", "\"Ordered by {Customer}\"", "Shop.OrderExplainer.Explainer.g.cs")]
    [InlineData(nameof(RegistrationGenerator), "\"place\"", "\"place-order\"", "Shop.ShopModel.Model.g.cs")]
    [InlineData(nameof(RegistrationGenerator), "A cancellation has a reason.", "A cancellation has its reason.", "Shop.ShopModel.Model.g.cs")]
    public void A_real_edit_changes_only_what_it_concerns(string generator, string before, string after, params string[] files)
    {
        var compilation = Users();
        var driver = Compiling.Driver(Generators.Create(generator).AsSourceGenerator()).RunGenerators(compilation, TestContext.Current.CancellationToken);
        var old = Files(driver);
        var edited = Files(driver.RunGenerators(Replace(compilation, FileWith(compilation, before), before, after), TestContext.Current.CancellationToken));

        Assert.Equal(old.Keys.Order(), edited.Keys.Order());
        Assert.Equal(files, old.Keys.Where(name => old[name] != edited[name]));
    }

    [Theory]
    [MemberData(nameof(Generators.Names), MemberType = typeof(Generators))]
    public void The_order_of_files_changes_nothing(string generator)
    {
        var files = new[] { UsersCode.Events, UsersCode.Aggregate, UsersCode.Dispatch, UsersCode.History, UsersCode.Neighbour, UsersCode.Events.Replace("Shop", "Mall", StringComparison.Ordinal).Replace("[EventModel]", "", StringComparison.Ordinal) };
        var forwards = Files(Run(generator, files));
        Array.Reverse(files);

        Assert.Equal(forwards, Files(Run(generator, files)));
        Assert.NotEmpty(forwards);
    }

    [Theory]
    [MemberData(nameof(Generators.Names), MemberType = typeof(Generators))]
    public void No_symbol_node_or_compilation_is_reachable_from_a_cached_model(string generator)
    {
        var result = Run(generator, UsersCode.Events, UsersCode.Aggregate, UsersCode.Dispatch, UsersCode.History).GetRunResult().Results.Single();
        var values = Generators.StepsOf(generator).SelectMany(step => result.TrackedSteps[step]).SelectMany(step => step.Outputs).Select(output => output.Value).ToList();

        Assert.NotEmpty(values);
        Assert.DoesNotContain(ObjectGraph.Reachable(values), ObjectGraph.BelongsToTheCompiler);
    }

    [Fact]
    public void Every_step_of_every_generator_is_known_by_name()
    {
        var listed = Generators.Names.SelectMany(name => Generators.StepsOf(name.Data)).ToHashSet();
        var declared = typeof(Steps).GetFields().Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(declared.Order(), listed.Order());
    }

    [Theory]
    [MemberData(nameof(Generators.Names), MemberType = typeof(Generators))]
    public void A_compilation_can_be_collected_after_a_run(string generator)
    {
        var (driver, first) = RunTwice(generator);
        for (var i = 0; i < 5 && first.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(first.IsAlive);
        GC.KeepAlive(driver);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static (GeneratorDriver Driver, WeakReference First) RunTwice(string generator)
    {
        var first = Users();
        var driver = Compiling.Driver(Generators.Create(generator).AsSourceGenerator()).RunGenerators(first);
        return (driver.RunGenerators(Users()), new WeakReference(first));
    }

    private static CSharpCompilation Users() => Compiling.Compile(UsersCode.Events, UsersCode.Aggregate, UsersCode.Neighbour, UsersCode.Dispatch, UsersCode.History);

    private static GeneratorDriver Run(string generator, params string[] sources) =>
        Compiling.Driver(Generators.Create(generator).AsSourceGenerator()).RunGenerators(Compiling.Compile(sources));

    private static int FileWith(CSharpCompilation compilation, string text) =>
        compilation.SyntaxTrees.Select((tree, index) => (tree, index)).First(file => file.tree.ToString().Contains(text, StringComparison.Ordinal)).index;

    private static CSharpCompilation Replace(CSharpCompilation compilation, int file, string before, string after)
    {
        var tree = compilation.SyntaxTrees[file];
        var text = tree.ToString();
        Assert.Contains(before, text, StringComparison.Ordinal);
        return compilation.ReplaceSyntaxTree(tree, Compiling.Parse(text.Replace(before, after, StringComparison.Ordinal), tree.FilePath));
    }

    private static SortedDictionary<string, string> Files(GeneratorDriver driver) =>
        new(driver.GetRunResult().Results.Single().GeneratedSources.ToDictionary(file => file.HintName, file => file.SourceText.ToString()), StringComparer.Ordinal);

    private static IEnumerable<IncrementalStepRunReason> ReasonsOf(IEnumerable<IncrementalGeneratorRunStep> steps) =>
        steps.SelectMany(step => step.Outputs).Select(output => output.Reason);
}
