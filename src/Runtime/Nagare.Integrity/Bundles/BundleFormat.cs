using System.Text.Json;

namespace Nagare;

/// <summary>The lines of a bundle: a header, a line an event, and for a bundle that claims to be complete a line for each run of 4,096 positions. docs/integrity.md describes them.</summary>
internal static class BundleFormat
{
    public const string Kind = "nagare-bundle";
    public const int Version = 1;

    /// <summary>Longest line: the longest of an export, and a proof beside it.</summary>
    public const int MaxLineBytes = (JournalLimits.MaxPayloadBytes / 3 * 4) + (5 * 1024 * 1024);

    public static void WriteCounts(Utf8JsonWriter json, KeyCountProof proof)
    {
        json.WriteStartObject("counts");
        json.WriteNumber("entries", proof.Entries);
        WriteEntry(json, "found", proof.Found);
        WriteEntry(json, "left", proof.Left);
        WriteEntry(json, "right", proof.Right);
        json.WriteEndObject();
    }

    /// <exception cref="FormatException">It is no such proof.</exception>
    public static KeyCountProof ReadCounts(JsonElement counts)
    {
        counts.Only("entries", "found", "left", "right");
        return new KeyCountProof(counts.GetProperty("entries").GetInt32(), ReadEntry(counts, "found"), ReadEntry(counts, "left"), ReadEntry(counts, "right"));
    }

    private static void WriteEntry(Utf8JsonWriter json, string name, KeyEntry? entry)
    {
        if (entry is not null)
        {
            json.WriteStartObject(name);
            json.WriteNumber("index", entry.Index);
            json.WriteString("key", entry.Key.ToString());
            json.WriteNumber("count", entry.Count);
            json.WritePath("path", entry.Path);
            json.WriteEndObject();
        }
    }

    private static KeyEntry? ReadEntry(JsonElement counts, string name)
    {
        if (!counts.TryGetProperty(name, out var entry))
        {
            return null;
        }

        entry.Only("index", "key", "count", "path");
        return new KeyEntry(entry.GetProperty("index").GetInt32(), entry.GetProperty("key").Hash(), entry.GetProperty("count").GetInt32(), entry.Path("path"));
    }
}
