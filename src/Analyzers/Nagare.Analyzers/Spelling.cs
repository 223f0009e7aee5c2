using System;
using System.Collections.Generic;
using System.Linq;

namespace Nagare.Analyzers;

/// <summary>Which of several names somebody probably meant.</summary>
internal static class Spelling
{
    // More than two keys beside the right ones is another word.
    private const int MaxKeysWrong = 2;

    /// <summary>The one name that differs in case only, otherwise the one nearest by keys pressed wrongly; null where none is near or two are.</summary>
    public static string? Closest(string written, IEnumerable<string> names)
    {
        var known = names.ToList();
        var sameButCase = known.Where(name => string.Equals(name, written, StringComparison.OrdinalIgnoreCase)).ToList();
        if (sameButCase.Count > 0)
        {
            return sameButCase.Count == 1 ? sameButCase[0] : null;
        }

        var near = known
            .Select(name => (Name: name, Distance: Distance(name.ToUpperInvariant(), written.ToUpperInvariant())))
            .Where(candidate => candidate.Distance <= Math.Min(MaxKeysWrong, written.Length / 3))
            .OrderBy(static candidate => candidate.Distance)
            .ToList();
        return near.Count == 0 || (near.Count > 1 && near[0].Distance == near[1].Distance) ? null : near[0].Name;
    }

    // Levenshtein's distance, a row at a time.
    private static int Distance(string left, string right)
    {
        var above = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var row = new int[right.Length + 1];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                row[j] = Math.Min(Math.Min(above[j], row[j - 1]) + 1, above[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
            }

            above = row;
        }

        return above[right.Length];
    }
}
