using System.Text.Json;

namespace Nagare.CommandLine;

/// <summary>States and their changes in the verbs' JSON.</summary>
internal static class StateJson
{
    public static void WriteState(Utf8JsonWriter json, StateDescription state)
    {
        json.WriteString("aggregate", state.Aggregate);
        json.WritePropertyName("state");
        // Written value by value, not copied: strings come out escaped like all others.
        state.Value.WriteTo(json);
    }

    public static void WriteChanges(Utf8JsonWriter json, StateDiff diff)
    {
        json.WriteStartArray("changes");
        foreach (var change in diff.Changes)
        {
            json.WriteStartObject();
            json.WriteString("path", change.Path);
            WriteValue(json, "before", change.Before);
            WriteValue(json, "after", change.After);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Absent where there was no value, so that it differs from one that was null.
    private static void WriteValue(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WritePropertyName(name);
            JsonDocumentOutput.WriteValue(json, value);
        }
    }
}
