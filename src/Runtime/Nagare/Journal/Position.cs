using System.Globalization;

namespace Nagare;

/// <summary>The place of an event in the whole journal, from 1, dense and in commit order; 0 is before the first event.</summary>
public readonly record struct Position : IComparable<Position>
{
    /// <summary>Makes a position from a number that is 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public Position(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Value = value;
    }

    /// <summary>The position as a number, 0 or more.</summary>
    public long Value { get; }

    /// <inheritdoc/>
    public int CompareTo(Position other) => Value.CompareTo(other.Value);

    /// <summary>The number, in digits.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number is a position; a <see cref="StreamVersion"/> is not.</summary>
    public static implicit operator Position(long value) => new(value);

    /// <summary>Order within the journal.</summary>
    public static bool operator <(Position left, Position right) => left.Value < right.Value;

    /// <summary>Order within the journal.</summary>
    public static bool operator >(Position left, Position right) => left.Value > right.Value;

    /// <summary>Order within the journal.</summary>
    public static bool operator <=(Position left, Position right) => left.Value <= right.Value;

    /// <summary>Order within the journal.</summary>
    public static bool operator >=(Position left, Position right) => left.Value >= right.Value;
}
