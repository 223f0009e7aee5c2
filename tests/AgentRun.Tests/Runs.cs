using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Nagare;
using Nagare.CommandLine;

namespace AgentRuns.Tests;

/// <summary>Reading a run and writing it back, and comparing the two.</summary>
internal static class Runs
{
    public static AppendRequest Read(RunImporter importer, string json) => importer.Read(new ImportRecord("test.jsonl", 1, Encoding.UTF8.GetBytes(json)));

    public static string Reason(RunImporter importer, string json) => Assert.Throws<MalformedRecordException>(() => Read(importer, json)).Message;

    public static IReadOnlyList<NewEvent> Events(this AppendRequest append) => append.Streams[0].Events;

    public static IReadOnlyList<AgentRunEvent> Run(this AppendRequest append) => [.. append.Events().Select(e => (AgentRunEvent)e.Event)];

    public static byte[] WriteBack(AppendRequest append)
    {
        using var output = new MemoryStream();
        if (append.Events() is [{ Event: RunVerdictEvent.Tested verdict }])
        {
            RunSource.Write(verdict, output);
        }
        else
        {
            RunSource.Write(append.Run(), output);
        }

        return output.ToArray();
    }

    /// <summary>The first difference of two JSON values, or null. Numbers are compared by their text, the order of members is not.</summary>
    public static string? Difference(ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after)
    {
        using var first = JsonDocument.Parse(before);
        using var second = JsonDocument.Parse(after);
        return Difference(first.RootElement, second.RootElement, "");
    }

    private static string? Difference(JsonElement before, JsonElement after, string at)
    {
        if (before.ValueKind != after.ValueKind)
        {
            return $"{at}: {before.ValueKind} became {after.ValueKind}";
        }

        return before.ValueKind switch
        {
            JsonValueKind.Object => OfObjects(before, after, at),
            JsonValueKind.Array when before.GetArrayLength() != after.GetArrayLength() => $"{at}: {before.GetArrayLength()} items became {after.GetArrayLength()}",
            JsonValueKind.Array => before.EnumerateArray().Zip(after.EnumerateArray()).Select((pair, i) => Difference(pair.First, pair.Second, $"{at}/{i}")).FirstOrDefault(found => found is not null),
            JsonValueKind.Number => before.GetRawText() == after.GetRawText() ? null : $"{at}: {before.GetRawText()} became {after.GetRawText()}",
            JsonValueKind.String => SameText(before, after) ? null : $"{at}: {before.GetRawText()} became {after.GetRawText()}",
            _ => null,
        };
    }

    private static string? OfObjects(JsonElement before, JsonElement after, string at)
    {
        var members = after.EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
        foreach (var member in before.EnumerateObject())
        {
            if (!members.Remove(member.Name, out var same))
            {
                return $"{at}/{member.Name} was lost";
            }

            if (Difference(member.Value, same, $"{at}/{member.Name}") is { } difference)
            {
                return difference;
            }
        }

        return members.Keys.FirstOrDefault() is { } added ? $"{at}/{added} was invented" : null;
    }

    // A lone surrogate is no text to .NET; the UTF-16 units are compared, however they are written.
    private static bool SameText(JsonElement before, JsonElement after)
    {
        try
        {
            return before.GetString() == after.GetString();
        }
        catch (InvalidOperationException)
        {
            return Units(before.GetRawText()) == Units(after.GetRawText());
        }
    }

    private static string Units(string json) => Regex.Replace(
        json,
        @"\\(u[0-9A-Fa-f]{4}|.)",
        static escape => escape.Value[1] switch
        {
            'u' => ((char)Convert.ToUInt16(escape.Value[2..], 16)).ToString(),
            'n' => "\n",
            'r' => "\r",
            't' => "\t",
            'b' => "\b",
            'f' => "\f",
            _ => escape.Value[1..],
        });
}
