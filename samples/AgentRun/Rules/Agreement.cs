using System.Text.RegularExpressions;

namespace AgentRuns;

/// <summary>Whether somebody's words agree to something. Words only: "yes, but not that one" counts as agreement, a nod does not.</summary>
internal static partial class Agreement
{
    public static bool IsIn(string text) => Pattern().IsMatch(text);

    [GeneratedRegex(@"\b(yes|yeah|yep|sure|ok|okay|confirm\w*|agree\w*|correct|proceed|go ahead|please do|do it|do that|sounds (good|great|fine)|that works|let's)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
