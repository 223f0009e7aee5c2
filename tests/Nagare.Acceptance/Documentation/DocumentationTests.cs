namespace Nagare.Acceptance.Documentation;

/// <summary>What the README and the pages in docs/ show compiles, and where they show what it prints, it prints that.</summary>
public class DocumentationTests
{
    public static TheoryData<string> Pages => [.. PageFiles.All().Select(file => Path.GetRelativePath(Checkout.Root, file))];

    [Theory, MemberData(nameof(Pages))]
    public async Task Every_snippet_compiles_and_prints_what_the_page_says(string page)
    {
        var read = MarkdownPage.Read(Checkout.Root, Path.Combine(Checkout.Root, page));
        var together = read.Project(Checkout.Root).ToList();
        var assembly = together.Count == 0 ? null : SnippetCompilation.Compile(page, together);
        foreach (var alone in read.Fences.Where(fence => fence.IsAlone))
        {
            SnippetCompilation.Compile($"{page} line {alone.Line}", [alone]);
        }

        for (var i = 1; i < read.Fences.Count; i++)
        {
            if (read.Fences[i] is { Info: "text", FollowsDirectly: true } expected && read.Fences[i - 1] is { IsCSharp: true, IsAlone: false } snippet)
            {
                Assert.Equal(expected.Text, await SnippetCompilation.Run(assembly!, together.IndexOf(snippet)));
            }
        }
    }

    [Theory, MemberData(nameof(Pages))]
    public void Every_link_to_a_file_leads_somewhere(string page)
    {
        var file = Path.Combine(Checkout.Root, page);
        var missing = Links.In(File.ReadAllText(file))
            .Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(file)!, link)))
            .ToList();
        Assert.True(missing.Count == 0, $"{page} links to what is not there: {string.Join(", ", missing)}");
    }
}
