using System.Buffers;

namespace Nagare;

/// <summary>How deeply a payload nests. A writer counts its own nesting only; raw JSON inside it brings more.</summary>
internal static class PayloadDepth
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("{}[]\""u8);

    private static readonly SearchValues<byte> StringEnd = SearchValues.Create("\"\\"u8);

    /// <summary>Whether a payload nests deeper than a limit. Most have fewer brackets than the limit and are done at the first line.</summary>
    public static bool Exceeds(ReadOnlySpan<byte> json, int limit) =>
        json.Count((byte)'{') + json.Count((byte)'[') > limit && Of(json) > limit;

    /// <summary>The deepest nesting; 0 for a value that is neither object nor array.</summary>
    public static int Of(ReadOnlySpan<byte> json)
    {
        int depth = 0, deepest = 0;
        for (var next = json.IndexOfAny(Structure); next >= 0; next = json.IndexOfAny(Structure))
        {
            var found = json[next];
            json = json[(next + 1)..];
            switch (found)
            {
                case (byte)'{' or (byte)'[':
                    deepest = Math.Max(deepest, ++depth);
                    break;
                case (byte)'}' or (byte)']':
                    depth--;
                    break;
                case (byte)'"':
                    json = AfterString(json);
                    break;
            }
        }

        return deepest;
    }

    private static ReadOnlySpan<byte> AfterString(ReadOnlySpan<byte> json)
    {
        for (var next = json.IndexOfAny(StringEnd); next >= 0; next = json.IndexOfAny(StringEnd))
        {
            if (json[next] == (byte)'"')
            {
                return json[(next + 1)..];
            }

            // A backslash takes the character after it along.
            json = json[Math.Min(next + 2, json.Length)..];
        }

        return [];
    }
}
