namespace Nagare.Generators.Tests.Driving;

/// <summary>All that is emitted for a small model, as files that are read in review. NAGARE_ACCEPT_GOLDEN=1 writes them anew.</summary>
public sealed class GoldenTests
{
    private static readonly bool Accept = Environment.GetEnvironmentVariable("NAGARE_ACCEPT_GOLDEN") == "1";

    [Fact]
    public void What_is_emitted_is_what_was_reviewed()
    {
        var driver = Compiling.Driver(Generators.CreateAll()).RunGenerators(Compiling.Compile(UsersCode.Events, UsersCode.Aggregate, UsersCode.Dispatch, UsersCode.History), TestContext.Current.CancellationToken);
        var emitted = driver.GetRunResult().Results.SelectMany(result => result.GeneratedSources).ToDictionary(file => file.HintName + ".txt", file => file.SourceText.ToString());
        var folder = Folder();
        if (Accept)
        {
            Directory.CreateDirectory(folder);
            foreach (var stale in Directory.GetFiles(folder))
            {
                File.Delete(stale);
            }

            foreach (var (name, text) in emitted)
            {
                File.WriteAllText(Path.Combine(folder, name), text);
            }
        }

        Assert.Equal(Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal), emitted.Keys.Order(StringComparer.Ordinal));
        Assert.All(emitted, file => Assert.Equal(File.ReadAllText(Path.Combine(folder, file.Key)), file.Value, ignoreLineEndingDifferences: true));
    }

    private static string Folder() => Checkout.File("tests", "Nagare.Generators.Tests", "Golden");
}
