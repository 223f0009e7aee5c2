namespace Nagare.Acceptance.Documentation;

/// <summary>The pages: the README and its like, and all that is in docs/.</summary>
internal static class PageFiles
{
    public static IEnumerable<string> All() =>
        Directory.EnumerateFiles(Checkout.Root, "*.md")
            .Concat(Directory.EnumerateFiles(Checkout.File("docs"), "*.md", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal);
}
