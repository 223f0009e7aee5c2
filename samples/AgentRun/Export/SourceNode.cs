using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace AgentRuns;

/// <summary>
/// A JSON value while it is put together again. What was set first stays: the parts of the events come before their members, so
/// that an original always wins over a reading of it.
/// </summary>
internal sealed class SourceNode
{
    private Dictionary<string, SourceNode>? _members;
    private List<SourceNode?>? _items;
    private HashSet<string>? _absent;
    private Action<Utf8JsonWriter>? _value;

    /// <summary>The node at a pointer, made where it is not there yet. A token of digits is a place in a list.</summary>
    public SourceNode At(string pointer)
    {
        var node = this;
        foreach (var token in pointer.Split('/').Skip(1))
        {
            node = int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? node.Item(place) : node.Member(token);
        }

        return node;
    }

    /// <summary>Adds what an importer left over of this object.</summary>
    public void Add(SourcePart part)
    {
        _members ??= new(StringComparer.Ordinal);
        foreach (var (name, value) in part.Rest ?? new Dictionary<string, JsonElement>())
        {
            Set(name, writer => writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true));
        }

        foreach (var name in part.Absent ?? [])
        {
            (_absent ??= new(StringComparer.Ordinal)).Add(name);
        }
    }

    public void Set(string name, string? value)
    {
        if (value is not null)
        {
            Set(name, writer => writer.WriteStringValue(value));
        }
    }

    public void Set(string name, decimal? value)
    {
        if (value is { } number)
        {
            Set(name, writer => writer.WriteNumberValue(number));
        }
    }

    public void Set(string name, double? value)
    {
        if (value is { } number)
        {
            Set(name, writer => writer.WriteNumberValue(number));
        }
    }

    public void Set(string name, JsonElement? value)
    {
        if (value is { } element)
        {
            Set(name, writer => writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(element), skipInputValidation: true));
        }
    }

    public void Write(Utf8JsonWriter writer)
    {
        if (_value is not null)
        {
            _value(writer);
        }
        else if (_items is not null)
        {
            writer.WriteStartArray();
            foreach (var item in _items)
            {
                (item ?? throw new InvalidOperationException("The run's events leave a gap in a list of its source: one of them is missing.")).Write(writer);
            }

            writer.WriteEndArray();
        }
        else
        {
            writer.WriteStartObject();
            foreach (var (name, member) in _members ?? [])
            {
                writer.WritePropertyName(name);
                member.Write(writer);
            }

            writer.WriteEndObject();
        }
    }

    private void Set(string name, Action<Utf8JsonWriter> value)
    {
        if (_absent?.Contains(name) != true)
        {
            (_members ??= new(StringComparer.Ordinal)).TryAdd(name, new SourceNode { _value = value });
        }
    }

    private SourceNode Member(string name)
    {
        _members ??= new(StringComparer.Ordinal);
        if (!_members.TryGetValue(name, out var member))
        {
            _members.Add(name, member = new());
        }

        return member;
    }

    private SourceNode Item(int place)
    {
        _items ??= [];
        while (_items.Count <= place)
        {
            _items.Add(null);
        }

        return _items[place] ??= new();
    }
}
