namespace Nagare.Schema;

/// <summary>What the change of one type into another is, nullability and what is inside them aside.</summary>
internal static class ValueChanges
{
    /// <summary>The kind of change, or null where what is stored stays the same.</summary>
    public static ChangeKind? Between(SchemaValue from, SchemaValue to)
    {
        if (from.Form == SchemaForm.Scalar && to.Form == SchemaForm.Scalar)
        {
            return from.Name == to.Name ? null : BetweenScalars(from.Name, to.Name);
        }

        // JSON reads whatever stands there.
        if (IsJson(to))
        {
            return ChangeKind.TypeWidened;
        }

        if (from.Form is SchemaForm.Opaque or SchemaForm.NumberedEnum || to.Form is SchemaForm.Opaque)
        {
            return from.Form == to.Form && from.Name == to.Name ? null : ChangeKind.OpaqueTypeChanged;
        }

        if (IsJson(from))
        {
            return ChangeKind.TypeNarrowed;
        }

        return (from.Form, to.Form) switch
        {
            (SchemaForm.Enum, SchemaForm.Scalar) when to.Name == "string" => ChangeKind.TypeWidened,
            (SchemaForm.Scalar, SchemaForm.Enum) when from.Name == "string" => ChangeKind.TypeNarrowed,
            (SchemaForm.List, SchemaForm.Map) or (SchemaForm.Map, SchemaForm.List) => ChangeKind.TypeChanged,
            (SchemaForm.List, _) => ChangeKind.ListBecameScalar,
            (_, SchemaForm.List) => ChangeKind.ScalarBecameList,
            _ => ChangeKind.TypeChanged,
        };
    }

    private static ChangeKind BetweenScalars(string from, string to) => (NumberTypes.Contains(from), NumberTypes.Contains(to)) switch
    {
        (true, true) when NumberTypes.Holds(to, from) => ChangeKind.NumberWidened,
        (true, true) when NumberTypes.Holds(from, to) => ChangeKind.NumberNarrowed,
        (true, true) => ChangeKind.NumberChanged,
        (true, false) when to == "string" => ChangeKind.NumberBecameText,
        (false, true) when from == "string" => ChangeKind.TextBecameNumber,
        _ => (from, to) switch
        {
            ("datetime", "datetimeoffset") => ChangeKind.DateTimeBecameDateTimeOffset,
            ("datetimeoffset", "datetime") => ChangeKind.DateTimeOffsetBecameDateTime,
            (_, "json") => ChangeKind.TypeWidened,
            ("json", _) => ChangeKind.TypeNarrowed,
            _ when TextTypes.Holds(to, from) => ChangeKind.TypeWidened,
            _ when TextTypes.Holds(from, to) => ChangeKind.TypeNarrowed,
            _ => ChangeKind.TypeChanged,
        },
    };

    private static bool IsJson(SchemaValue value) => value is { Form: SchemaForm.Scalar, Name: "json" };
}
