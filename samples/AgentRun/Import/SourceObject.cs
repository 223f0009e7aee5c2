using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace AgentRuns;

/// <summary>
/// An object of an imported record while it is taken apart: members that an event can carry exactly are taken out, the rest stays
/// as it came. A member is taken only where writing the value again gives the same JSON value, numbers by their text; where the
/// event can hold only a reading of it (a lone surrogate, 1e-05), the original stays in the rest, which wins when the object is
/// put together again.
/// </summary>
internal sealed class SourceObject
{
    private const int MaxNumberBytes = 64;

    private readonly JsonElement _element;
    private readonly List<string> _carried = [];
    private List<string>? _absent;

    public SourceObject(JsonElement element, string at)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new SourceShapeException($"{(at.Length == 0 ? "the record" : $"'{at}'")} is not an object");
        }

        _element = element;
        At = at;
    }

    public string At { get; }

    /// <summary>The object as it came.</summary>
    public JsonElement Whole => _element;

    public bool Has(string name) => _element.TryGetProperty(name, out _);

    /// <summary>A string member; null where there is none, or it is no string.</summary>
    public string? Text(string name)
    {
        if (!_element.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        if (SourceText.TryRead(value, out var text))
        {
            _carried.Add(name);
        }

        return text;
    }

    /// <summary>A member that the event holds as text in any case: what stands there, or else the fallback.</summary>
    public string TextOr(string name, string fallback)
    {
        if (!_element.TryGetProperty(name, out var value))
        {
            (_absent ??= []).Add(name);
            return fallback;
        }

        return Text(name) ?? (value.ValueKind == JsonValueKind.Null ? fallback : SourceText.Of(value));
    }

    /// <summary>A string member that a record is not understood without.</summary>
    public string Demand(string name) => Text(name) ?? throw Missing(name, "a text");

    /// <summary>A member whose value follows from what kind of event it is.</summary>
    public void Expect(string name, string value)
    {
        if (!_element.TryGetProperty(name, out var found))
        {
            (_absent ??= []).Add(name);
        }
        else if (found.ValueKind == JsonValueKind.String && SourceText.TryRead(found, out var text) && text == value)
        {
            _carried.Add(name);
        }
    }

    public decimal? Decimal(string name)
    {
        if (!_element.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.Number || !value.TryGetDecimal(out var number))
        {
            return null;
        }

        Span<byte> again = stackalloc byte[MaxNumberBytes];
        CarryIfSame(name, value, Utf8Formatter.TryFormat(number, again, out var length) ? again[..length] : default);
        return number;
    }

    public double? Double(string name)
    {
        if (!_element.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || !double.IsFinite(number))
        {
            return null;
        }

        Span<byte> again = stackalloc byte[MaxNumberBytes];
        CarryIfSame(name, value, Utf8Formatter.TryFormat(number, again, out var length) ? again[..length] : default);
        return number;
    }

    public int? Integer(string name)
    {
        if (!_element.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number))
        {
            return null;
        }

        Span<byte> again = stackalloc byte[MaxNumberBytes];
        CarryIfSame(name, value, Utf8Formatter.TryFormat(number, again, out var length) ? again[..length] : default);
        return number;
    }

    /// <summary>A member that the event carries as raw JSON; null where it is absent or null.</summary>
    public JsonElement? Raw(string name)
    {
        if (!_element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        _carried.Add(name);
        return value;
    }

    /// <summary>A member to look at, which stays in the rest.</summary>
    public JsonElement? Peek(string name) => _element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A member object to be taken apart in its turn; null where there is none, or it is no object.</summary>
    public SourceObject? Object(string name)
    {
        if (!_element.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        _carried.Add(name);
        return new SourceObject(value, $"{At}/{name}");
    }

    /// <summary>The objects of a member array, to be taken apart; null, and left where it is, unless it is an array of one object or more and of nothing else.</summary>
    public IReadOnlyList<SourceObject>? Objects(string name)
    {
        if (!_element.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            return null;
        }

        var items = new List<SourceObject>(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            items.Add(new SourceObject(item, $"{At}/{name}/{items.Count}"));
        }

        _carried.Add(name);
        return items;
    }

    /// <summary>Puts a member back into the rest that was taken out before.</summary>
    public void PutBack(string name) => _carried.Remove(name);

    /// <summary>Leaves members to another event that stems from the same object.</summary>
    public void Leave(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _carried.Add(name);
        }
    }

    /// <summary>Leaves every member but these to another event that stems from the same object.</summary>
    public void LeaveAllBut(params ReadOnlySpan<string> names)
    {
        foreach (var member in _element.EnumerateObject())
        {
            if (!names.Contains(member.Name))
            {
                _carried.Add(member.Name);
            }
        }
    }

    /// <summary>What is left, as one part of the event.</summary>
    public SourcePart Part()
    {
        Dictionary<string, JsonElement>? rest = null;
        foreach (var member in _element.EnumerateObject())
        {
            if (!IsCarried(member))
            {
                (rest ??= new(StringComparer.Ordinal)).Add(member.Name, member.Value);
            }
        }

        return new SourcePart(At, rest, _absent);
    }

    public SourceShapeException Missing(string name, string what) => new($"'{At}/{name}' is not {what}");

    private bool IsCarried(JsonProperty member)
    {
        foreach (var name in _carried)
        {
            if (member.NameEquals(name))
            {
                return true;
            }
        }

        return false;
    }

    private void CarryIfSame(string name, JsonElement value, ReadOnlySpan<byte> again)
    {
        if (JsonMarshal.GetRawUtf8Value(value).SequenceEqual(again))
        {
            _carried.Add(name);
        }
    }
}

/// <summary>A record is not of the shape that its format says.</summary>
/// <param name="reason">What was found.</param>
internal sealed class SourceShapeException(string reason) : Exception(reason);
