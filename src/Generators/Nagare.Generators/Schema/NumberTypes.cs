using System.Collections.Generic;

namespace Nagare.Schema;

/// <summary>Which number types hold every value of which others: the text of each value is read back as that value.</summary>
internal static class NumberTypes
{
    // How many bits a whole number has beside its sign, and whether it has one.
    private static readonly Dictionary<string, (int Bits, bool IsSigned)> Whole = new()
    {
        ["byte"] = (8, false),
        ["sbyte"] = (7, true),
        ["int16"] = (15, true),
        ["uint16"] = (16, false),
        ["int32"] = (31, true),
        ["uint32"] = (32, false),
        ["int64"] = (63, true),
        ["uint64"] = (64, false),
        ["int128"] = (127, true),
        ["uint128"] = (128, false),
    };

    // How many bits of a whole number each holds exactly: the mantissas of IEEE 754, the 96 bits of a decimal.
    private static readonly Dictionary<string, int> Fractional = new() { ["single"] = 24, ["double"] = 53, ["decimal"] = 96 };

    public static bool Contains(string scalar) => Whole.ContainsKey(scalar) || Fractional.ContainsKey(scalar);

    /// <summary>Whether a member of the one type reads every value that the other wrote.</summary>
    public static bool Holds(string type, string other)
    {
        if (type == other)
        {
            return true;
        }

        if (!Whole.TryGetValue(other, out var value))
        {
            // A float is written with the digits that tell it from its neighbours, and a double holds those; a decimal has neither's range.
            return (type, other) == ("double", "single");
        }

        return Whole.TryGetValue(type, out var whole)
            ? whole.Bits >= value.Bits && (whole.IsSigned || !value.IsSigned)
            : Fractional[type] >= value.Bits;
    }
}
