namespace Nagare.Acceptance.Documentation;

/// <summary>The pages: the README and its like, all that is in docs/, and what the packages say about themselves.</summary>
internal static class PageFiles
{
    public static IEnumerable<string> All() =>
        Directory.EnumerateFiles(Checkout.Root, "*.md")
            .Concat(Directory.EnumerateFiles(Checkout.File("docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Checkout.File("src"), "PACKAGE.md", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal);
}
