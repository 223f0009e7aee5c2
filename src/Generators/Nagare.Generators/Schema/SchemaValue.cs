using System.Collections.Generic;

namespace Nagare.Schema;

/// <summary>A type as it is stored.</summary>
/// <param name="Form">Which form of the grammar.</param>
/// <param name="Name">A scalar's name, the label of what has one, nothing for a list or map.</param>
/// <param name="IsNullable">Whether null is a value of it.</param>
/// <param name="Element">The items of a list, the values of a map.</param>
internal sealed record SchemaValue(SchemaForm Form, string Name, bool IsNullable = false, SchemaValue? Element = null)
{
    /// <summary>What <see cref="SchemaForm.Scalar"/> can be.</summary>
    public static readonly IReadOnlyCollection<string> Scalars =
    [
        "boolean", "byte", "sbyte", "int16", "uint16", "int32", "uint32", "int64", "uint64", "int128", "uint128", "single", "double", "decimal",
        "string", "char", "guid", "datetime", "datetimeoffset", "dateonly", "timeonly", "timespan", "base64", "json",
    ];

    /// <summary>The label that it refers to, itself or in its items.</summary>
    public string? Label => Form switch
    {
        SchemaForm.Scalar => null,
        SchemaForm.List or SchemaForm.Map => Element!.Label,
        _ => Name,
    };

    /// <summary>As a line of the file has it: <c>list of object? order-line</c>.</summary>
    public override string ToString()
    {
        var mark = IsNullable ? "?" : "";
        return Form switch
        {
            SchemaForm.Scalar => Name + mark,
            SchemaForm.List or SchemaForm.Map => $"{SchemaWords.Of(Form)}{mark} of {Element}",
            _ => $"{SchemaWords.Of(Form)}{mark} {SchemaWords.Quote(Name)}",
        };
    }
}

/// <summary>The forms of the grammar.</summary>
internal enum SchemaForm
{
    Scalar,
    List,
    Map,

    /// <summary>A type with members.</summary>
    Object,

    /// <summary>One of several names, stored as that name.</summary>
    Enum,

    /// <summary>One of several types, each stored with the name of its case; what the cases hold is a user's context's business.</summary>
    Union,

    /// <summary>An event inside another one; its shape is that event's.</summary>
    Record,

    /// <summary>Stored through a user's context: the compiler cannot see through it.</summary>
    Opaque,

    /// <summary>An enum stored by number, which is refused.</summary>
    NumberedEnum,
}
