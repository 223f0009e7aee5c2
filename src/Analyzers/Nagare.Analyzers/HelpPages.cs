namespace Nagare.Analyzers;

/// <summary>Where a rule is explained.</summary>
internal static class HelpPages
{
    // Relative to the repository's root.
    private const string Folder = "docs/analyzers/";

    /// <summary>The page of a rule.</summary>
    public static string Of(string id) => $"{Folder}{id}.md";
}
