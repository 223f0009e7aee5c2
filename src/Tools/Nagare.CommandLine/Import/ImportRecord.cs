using System.Text.Json;

namespace Nagare.CommandLine;

/// <summary>One JSON value of an imported file: a line of JSON lines, an element of a file that is one array, or a file that is one object.</summary>
/// <param name="file">The file, as the user would name it.</param>
/// <param name="line">The line it begins on, from 1.</param>
/// <param name="json">Its UTF-8 bytes, which nobody else writes to: an importer may keep them.</param>
public sealed class ImportRecord(string file, long line, ReadOnlyMemory<byte> json)
{
    /// <summary>The file, as the user would name it.</summary>
    public string File { get; } = file;

    /// <summary>The line it begins on, from 1.</summary>
    public long Line { get; } = line;

    /// <summary>Its UTF-8 bytes. They are never written to again, so slices of them may be kept. Not yet known to be valid JSON.</summary>
    public ReadOnlyMemory<byte> Json { get; } = json;

    /// <summary>Whether the record is an object that has all these members at its top level. False where it is not valid JSON that far.</summary>
    public bool HasMembers(params ReadOnlySpan<string> names)
    {
        var found = 0;
        try
        {
            var reader = new Utf8JsonReader(Json.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            var seen = names.Length <= MaxNames ? stackalloc bool[names.Length] : throw new ArgumentException($"At most {MaxNames} names can be asked for.", nameof(names));
            while (found < names.Length && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                for (var i = 0; i < names.Length; i++)
                {
                    if (!seen[i] && reader.ValueTextEquals(names[i]))
                    {
                        seen[i] = true;
                        found++;
                    }
                }

                // The last member sought needs no look at its value, which may be the long one.
                if (found < names.Length)
                {
                    reader.Skip();
                }
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return found == names.Length;
    }

    private const int MaxNames = 64;
}
