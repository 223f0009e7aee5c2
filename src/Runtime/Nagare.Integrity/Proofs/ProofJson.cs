using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nagare;

/// <summary>Reads and writes the JSON of proofs: every member known, present once, and bounded.</summary>
internal static class ProofJson
{
    /// <summary>A tree has at most 2^63 leaves, and so no path more hashes.</summary>
    public const int MaxPathHashes = 64;

    public static string Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void WritePath(this Utf8JsonWriter json, string name, IReadOnlyList<TreeHash> path)
    {
        json.WriteStartArray(name);
        foreach (var hash in path)
        {
            json.WriteStringValue(hash.ToString());
        }

        json.WriteEndArray();
    }

    /// <summary>Reads an object that has these members and no others, each once.</summary>
    /// <exception cref="FormatException">It has not.</exception>
    public static T Read<T>(string text, string what, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return read(document.RootElement);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new FormatException($"This is no {what}: {problem.Message}", problem);
        }
    }

    /// <summary>Checks that an object has no members but these, and none twice.</summary>
    public static JsonElement Only(this JsonElement element, params ReadOnlySpan<string> names)
    {
        var met = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            if (!names.Contains(member.Name) || !met.Add(member.Name))
            {
                throw new FormatException($"the member '{Printable.Shorten(member.Name)}' is not known or stands twice");
            }
        }

        return element;
    }

    public static void Expect(this JsonElement element, string name, string value)
    {
        if (element.GetProperty(name).GetString() is var found && found != value)
        {
            throw new FormatException($"its {name} is '{Printable.Shorten(found ?? "null")}', where '{value}' was expected");
        }
    }

    public static void Expect(this JsonElement element, string name, int value)
    {
        if (element.GetProperty(name).GetInt32() is var found && found != value)
        {
            throw new FormatException($"its {name} is {found}, this build reads {value}");
        }
    }

    public static string Text(this JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException($"the member '{name}' is null");

    public static TreeHash Hash(this JsonElement element) => NoteText.ReadBase64(element.GetString() ?? "") is { Length: TreeHash.Bytes } bytes
        ? new TreeHash(bytes)
        : throw new FormatException($"a hash is {TreeHash.Bytes} bytes in canonical base64");

    public static IReadOnlyList<TreeHash> Path(this JsonElement element, string name)
    {
        var array = element.GetProperty(name);
        return array.GetArrayLength() <= MaxPathHashes
            ? [.. array.EnumerateArray().Select(Hash)]
            : throw new FormatException($"a path has {array.GetArrayLength()} hashes; no tree needs more than {MaxPathHashes}");
    }
}
