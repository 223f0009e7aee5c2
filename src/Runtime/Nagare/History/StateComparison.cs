using System.Text.Json;

namespace Nagare;

/// <summary>Compares two states as JSON: members by name, elements by index.</summary>
internal static class StateComparison
{
    /// <summary>The changes between two states; what is wholly new or gone is one change.</summary>
    public static StateDiff Diff(JsonElement before, JsonElement after)
    {
        var changes = new List<StateChange>();
        Compare("", before, after, (path, was, now) => changes.Add(new StateChange(path, was?.GetRawText(), now?.GetRawText())));
        return new StateDiff(changes);
    }

    /// <summary>Every value that is neither object nor array, and every empty one of those, with its path.</summary>
    public static void Fields(string path, JsonElement value, Action<string, JsonElement> found)
    {
        var isEmpty = true;
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                isEmpty = false;
                Fields(StatePath.Member(path, member.Name), member.Value, found);
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var element in value.EnumerateArray())
            {
                isEmpty = false;
                Fields(StatePath.Element(path, index++), element, found);
            }
        }

        if (isEmpty)
        {
            found(path, value);
        }
    }

    /// <summary>Walks both states and reports the smallest differing parts, in the order of the new state, then what is gone.</summary>
    public static void Compare(string path, JsonElement before, JsonElement after, Action<string, JsonElement?, JsonElement?> changed)
    {
        switch (before.ValueKind, after.ValueKind)
        {
            case (JsonValueKind.Object, JsonValueKind.Object):
                CompareObjects(path, before, after, changed);
                break;
            case (JsonValueKind.Array, JsonValueKind.Array):
                CompareArrays(path, before, after, changed);
                break;
            case var _ when !JsonElement.DeepEquals(before, after):
                changed(path, before, after);
                break;
        }
    }

    private static void CompareObjects(string path, JsonElement before, JsonElement after, Action<string, JsonElement?, JsonElement?> changed)
    {
        foreach (var member in after.EnumerateObject())
        {
            var at = StatePath.Member(path, member.Name);
            if (before.TryGetProperty(member.Name, out var was))
            {
                Compare(at, was, member.Value, changed);
            }
            else
            {
                changed(at, null, member.Value);
            }
        }

        foreach (var member in before.EnumerateObject())
        {
            if (!after.TryGetProperty(member.Name, out _))
            {
                changed(StatePath.Member(path, member.Name), member.Value, null);
            }
        }
    }

    private static void CompareArrays(string path, JsonElement before, JsonElement after, Action<string, JsonElement?, JsonElement?> changed)
    {
        var index = 0;
        using var was = before.EnumerateArray().GetEnumerator();
        foreach (var now in after.EnumerateArray())
        {
            if (was.MoveNext())
            {
                Compare(StatePath.Element(path, index), was.Current, now, changed);
            }
            else
            {
                changed(StatePath.Element(path, index), null, now);
            }

            index++;
        }

        for (; was.MoveNext(); index++)
        {
            changed(StatePath.Element(path, index), was.Current, null);
        }
    }
}
