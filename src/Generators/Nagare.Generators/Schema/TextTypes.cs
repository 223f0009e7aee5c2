using System.Collections.Generic;

namespace Nagare.Schema;

/// <summary>Which scalars stand in JSON as a string that others read.</summary>
internal static class TextTypes
{
    private static readonly HashSet<string> Texts = ["string", "char", "guid", "datetime", "datetimeoffset", "dateonly", "timeonly", "timespan", "base64"];

    public static bool Contains(string scalar) => Texts.Contains(scalar);

    /// <summary>Whether a member of the one type reads every text that the other wrote, and as the same text.</summary>
    public static bool Holds(string type, string other) =>
        Texts.Contains(other) && (type == "string" || (type, other) == ("timespan", "timeonly"));
}
