using System.Text.RegularExpressions;

namespace Nagare.Acceptance.Documentation;

/// <summary>The links of a page that lead to files.</summary>
internal static partial class Links
{
    public static IEnumerable<string> In(string markdown) => Link().Matches(markdown)
        .Select(match => match.Groups["target"].Value.Split('#')[0])
        .Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal))
        .Distinct();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
