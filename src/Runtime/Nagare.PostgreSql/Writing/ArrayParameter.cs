using Npgsql;
using NpgsqlTypes;

namespace Nagare.Storage;

/// <summary>A parameter that holds an array, which it fills again as long as its length stays.</summary>
internal sealed class ArrayParameter<T>(NpgsqlDbType element)
{
    // What a long append took is not kept for the short ones that follow.
    private const int MostKept = 16;

    private readonly NpgsqlParameter<T[]> _parameter = new() { NpgsqlDbType = NpgsqlDbType.Array | element, TypedValue = [] };

    public NpgsqlParameter Parameter => _parameter;

    public void Set<TItem>(IReadOnlyList<TItem> items, Func<TItem, T> value)
    {
        var values = _parameter.TypedValue!;
        if (values.Length != items.Count)
        {
            _parameter.TypedValue = values = items.Count == 0 ? [] : new T[items.Count];
        }

        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(items[i]);
        }
    }

    public void Clear()
    {
        var values = _parameter.TypedValue!;
        if (values.Length > MostKept)
        {
            _parameter.TypedValue = [];
        }
        else
        {
            Array.Clear(values);
        }
    }
}
