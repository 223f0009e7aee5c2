using Microsoft.CodeAnalysis;
using static Nagare.Generators.Tests.Driving.Typist;

namespace Nagare.Generators.Tests.Driving;

/// <summary>What a parser remembers from key to key never shows: whatever was typed, and whenever generators ran, the output is that of a first run.</summary>
public sealed class RememberingTests
{
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

    private sealed class CountingGenerator(Action asked) : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context)
        {
            var events = context.ForMark(new Memory(), KnownNames.EventAttribute, EventParser.IsCandidate, (found, cancellationToken) =>
            {
                asked();
                return EventParser.Parse((INamedTypeSymbol)found.TargetSymbol, cancellationToken);
            });
            context.RegisterSourceOutput(events.Collect(), static (_, _) => { });
        }
    }
}
