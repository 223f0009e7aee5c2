namespace Nagare.Generators;

/// <summary>A type in the grammar of what can be stored.</summary>
/// <param name="Kind">Which of the grammar's forms.</param>
/// <param name="Type">The C# type, without the nullable mark of its own.</param>
/// <param name="IsNullable">Whether null is a value of it.</param>
/// <param name="IsValueType">Whether it is a struct.</param>
/// <param name="Element">The items of a list, the values of a dictionary.</param>
/// <param name="Converter">The generated converter of an object or enum; the user's context of a foreign type.</param>
internal sealed record ValueModel(ValueKind Kind, string Type, bool IsNullable, bool IsValueType, ValueModel? Element = null, string? Converter = null)
{
    /// <summary>The discriminators of a foreign type that is stored as one of several.</summary>
    public EquatableArray<string> Cases { get; init; }

    /// <summary>Whether it is a foreign enum that is stored by number.</summary>
    public bool IsNumberedEnum { get; init; }

    /// <summary>The C# type with its nullable mark.</summary>
    public string AnnotatedType => IsNullable ? Type + "?" : Type;
}

/// <summary>The forms of the grammar. Scalars are named as their codecs in <c>Nagare.WireCodec</c>.</summary>
internal enum ValueKind
{
    Boolean,
    Byte,
    SByte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Int128,
    UInt128,
    Single,
    Double,
    Decimal,
    String,
    Char,
    Guid,
    DateTime,
    DateTimeOffset,
    DateOnly,
    TimeOnly,
    TimeSpan,
    Bytes,
    Memory,
    Json,
    Array,
    List,
    ReadOnlyList,
    ImmutableArray,
    ImmutableList,
    Dictionary,
    ReadOnlyDictionary,
    SortedDictionary,
    ImmutableDictionary,
    ImmutableSortedDictionary,
    Enum,
    Object,
    Foreign,
}
