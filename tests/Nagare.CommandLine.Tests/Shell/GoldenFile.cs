namespace Nagare.CommandLine.Tests;

/// <summary>Compares output with a file that was read in review. <c>NAGARE_ACCEPT_GOLDEN=1</c> writes the files anew.</summary>
internal static class GoldenFile
{
    public static void Check(string name, string actual)
    {
        // What one machine says must be what every machine says.
        Assert.DoesNotContain(Path.TrimEndingDirectorySeparator(Path.GetTempPath()), actual, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory), actual, StringComparison.OrdinalIgnoreCase);
        if (Environment.GetEnvironmentVariable("NAGARE_ACCEPT_GOLDEN") == "1")
        {
            var folder = Checkout.File("tests", "Nagare.CommandLine.Tests", "Golden");
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, name), actual);
            return;
        }

        var path = Path.Combine(AppContext.BaseDirectory, "Golden", name);
        Assert.True(File.Exists(path), $"There is no Golden/{name}; NAGARE_ACCEPT_GOLDEN=1 makes it. It would hold:\n{actual}");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
