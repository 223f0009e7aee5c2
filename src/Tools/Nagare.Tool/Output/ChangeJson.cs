using System.Text.Json;
using Nagare.CommandLine;
using Nagare.Schema;

namespace Nagare.Tool;

/// <summary>Changes as one JSON object. Members are added in later versions, never renamed or removed.</summary>
internal static class ChangeJson
{
    public static void Write(CommandConsole console, IReadOnlyList<(string Lock, IReadOnlyList<SchemaChange> Changes)> changed) => JsonDocumentOutput.Write(console, json =>
    {
        var all = changed.SelectMany(static changed => changed.Changes).ToList();
        json.WriteNumber("changes", all.Count);
        json.WriteNumber("readBreaks", all.Count(static change => change.BreaksRead));
        json.WriteNumber("rolloutBreaks", all.Count(static change => change.BreaksRollout));
        json.WriteStartArray("locks");
        foreach (var (path, changes) in changed)
        {
            json.WriteStartObject();
            json.WriteString("lock", path);
            json.WriteStartArray("changes");
            foreach (var change in changes)
            {
                Write(json, change);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, SchemaChange change)
    {
        json.WriteStartObject();
        json.WriteString("kind", change.Kind.ToString());
        json.WriteString("change", change.Row.Words);
        json.WriteString("family", change.Family);
        json.WriteString("event", change.Event);
        json.WriteNumber("version", change.Version);
        json.WriteString("path", change.Path);
        json.WriteString("before", change.Before);
        json.WriteString("after", change.After);
        json.WriteBoolean("isDraft", change.IsDraft);
        json.WriteBoolean("breaksRead", change.BreaksRead);
        json.WriteBoolean("breaksRollout", change.BreaksRollout);
        json.WriteString("wayOut", change.Row.WayOut);
        json.WriteEndObject();
    }
}
