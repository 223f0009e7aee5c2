using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Nagare;

/// <summary>Finds the path to a place in JSON by walking there. Only faults pay for it: codecs keep no path while they work.</summary>
internal static class WirePath
{
    /// <summary>The path of the token at an offset, <c>order.lines[2].sku</c>, or null for the whole value; or of the last one before the JSON breaks.</summary>
    public static string? To(Utf8JsonReader reader, long offset, out long end)
    {
        var depth = reader.TokenType == JsonTokenType.None ? 0 : reader.CurrentDepth;
        var places = new List<Place>();
        end = reader.BytesConsumed;
        try
        {
            if (reader.TokenType == JsonTokenType.None && !reader.Read())
            {
                return null;
            }

            do
            {
                end = reader.BytesConsumed;
                Enter(ref reader, places);
                if (reader.TokenStartIndex >= offset)
                {
                    break;
                }

                Leave(ref reader, places);
            }
            while (reader.Read() && reader.CurrentDepth >= depth);
        }
        catch (JsonException)
        {
            // The place where the JSON breaks is the one asked for.
            end = reader.BytesConsumed;
        }

        return Format(places);
    }

    /// <summary>The path of what a writer was about to write: everything before it is there.</summary>
    public static string? AtEnd(ReadOnlySpan<byte> written)
    {
        var reader = new Utf8JsonReader(written, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = int.MaxValue }));
        var places = new List<Place>();
        while (reader.Read())
        {
            Enter(ref reader, places);
            Leave(ref reader, places);
        }

        if (places is [.., { IsArray: true } last])
        {
            last.Index++;
        }

        return Format(places);
    }

    /// <summary>A member of what is at a path.</summary>
    public static string Join(string? path, string member) => path is null ? member : $"{path}.{member}";

    private static void Enter(ref Utf8JsonReader reader, List<Place> places)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                places[^1].Name = Name(ref reader);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                places.RemoveAt(places.Count - 1);
                break;
            default:
                if (places is [.., { IsArray: true } array])
                {
                    array.Index++;
                }

                break;
        }
    }

    // What is no text (an escaped lone surrogate, bytes that are no UTF-8) is shown as it stands.
    private static string Name(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan);
        }
    }

    private static void Leave(ref Utf8JsonReader reader, List<Place> places)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                places.Add(new Place(isArray: false));
                break;
            case JsonTokenType.StartArray:
                places.Add(new Place(isArray: true));
                break;
            case JsonTokenType.PropertyName:
                break;
            default:
                if (places is [.., { IsArray: false } owner])
                {
                    owner.Name = null;
                }

                break;
        }
    }

    private static string? Format(List<Place> places)
    {
        var path = new StringBuilder();
        foreach (var place in places)
        {
            if (place.IsArray)
            {
                path.Append('[').Append(Math.Max(place.Index, 0)).Append(']');
            }
            else if (place.Name is not null)
            {
                path.Append(path.Length > 0 ? "." : "").Append(place.Name);
            }
        }

        return path.Length == 0 ? null : path.ToString();
    }

    private sealed class Place(bool isArray)
    {
        public bool IsArray => isArray;

        public int Index { get; set; } = -1;

        public string? Name { get; set; }
    }
}
