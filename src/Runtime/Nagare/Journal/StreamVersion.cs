using System.Globalization;

namespace Nagare;

/// <summary>The place of an event in its stream, from 1; 0 is a stream before its first event.</summary>
public readonly record struct StreamVersion : IComparable<StreamVersion>
{
    /// <summary>Makes a version from a number that is 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public StreamVersion(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Value = value;
    }

    /// <summary>The version as a number, 0 or more.</summary>
    public long Value { get; }

    /// <inheritdoc/>
    public int CompareTo(StreamVersion other) => Value.CompareTo(other.Value);

    /// <summary>The number, in digits.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number is a version; a <see cref="Position"/> is not.</summary>
    public static implicit operator StreamVersion(long value) => new(value);

    /// <summary>Order within a stream.</summary>
    public static bool operator <(StreamVersion left, StreamVersion right) => left.Value < right.Value;

    /// <summary>Order within a stream.</summary>
    public static bool operator >(StreamVersion left, StreamVersion right) => left.Value > right.Value;

    /// <summary>Order within a stream.</summary>
    public static bool operator <=(StreamVersion left, StreamVersion right) => left.Value <= right.Value;

    /// <summary>Order within a stream.</summary>
    public static bool operator >=(StreamVersion left, StreamVersion right) => left.Value >= right.Value;
}
