using CsCheck;
using Nagare.Schema;

namespace Nagare.Generators.Tests.Schema;

/// <summary>Arbitrary schemas, with names that need quotes.</summary>
internal static class Schemas
{
    private static readonly Gen<string> Name = Gen.OneOf(
        Gen.String[Gen.Char["abcXYZ019-_."], 1, 8],
        Gen.String[Gen.Char["a \"\\#?\n\t/\u2028é\ud83d\ude00is"], 0, 6]);

    private static readonly Gen<string?> ClrName = OneOf<string?>(null, "Shop.Order", "Shop.Pair<int>", "Name");

    private static readonly Gen<string[]> Labels = Name.Array[1, 4].Select(names => names.Distinct().ToArray());

    private static readonly Gen<EquatableArray<string>> Names = Name.Array[0, 3].Select(names => names.Distinct().Order(StringComparer.Ordinal).ToEquatableArray());

    public static readonly Gen<SchemaLock> Any =
        from labels in Labels
        from types in Types(labels)
        from events in Event(labels).Array[0, 4]
        from families in Family.Array[0, 3]
        select new SchemaLock
        {
            // A name that is in use is nobody's former name: NAG2006 says so first.
            Families = families.DistinctBy(family => family.Name).Select(family => family with { FormerNames = family.FormerNames.Where(former => !events.Any(e => e.Family == former)).ToEquatableArray() }).ToEquatableArray(),
            Events = events.DistinctBy(e => (e.Family, e.Name, e.Version)).ToEquatableArray(),
            Types = types.ToEquatableArray(),
        };

    private static Gen<SchemaFamily> Family =>
        from name in Name
        from former in Names
        from retired in Names
        from clr in ClrName
        select new SchemaFamily(name) { FormerNames = former, Retired = retired, ClrName = clr };

    private static Gen<SchemaEvent> Event(string[] labels) =>
        from family in Name
        from name in Name
        from version in Gen.Int[1, 3]
        from members in Members(labels)
        from former in Names
        from retired in Names
        from isDraft in Gen.Bool
        from reading in Gen.Enum<SchemaReading>()
        from clr in ClrName
        select new SchemaEvent(family, name, version) { Members = members, FormerNames = former, Retired = retired, IsDraft = isDraft, Reading = reading, ClrName = clr };

    private static Gen<SchemaType[]> Types(string[] labels) => Type(labels).Array[labels.Length].Select(types => types.Zip(labels, (type, label) => type with { Label = label }).ToArray());

    private static Gen<SchemaType> Type(string[] labels) =>
        from form in OneOf(SchemaForm.Object, SchemaForm.Enum, SchemaForm.Union)
        from members in Members(labels)
        from names in Name.Array[0, 4]
        from retired in Names
        from marks in Gen.Int[0, 7]
        from clr in ClrName
        select new SchemaType(form, "")
        {
            Members = form == SchemaForm.Object ? members : default,
            Names = form == SchemaForm.Object ? default : names.Distinct().Select(name => new SchemaName(name) { IsDraft = (marks & 1) != 0, FormerNames = retired, ClrName = clr }).ToEquatableArray(),
            Retired = retired,
            IsDraft = (marks & 2) != 0,
            IsFlags = form == SchemaForm.Enum && (marks & 4) != 0,
            ClrName = clr,
        };

    private static Gen<EquatableArray<SchemaMember>> Members(string[] labels) =>
        Member(labels).Array[0, 4].Select(members => members.DistinctBy(member => member.Name).ToEquatableArray());

    private static Gen<SchemaMember> Member(string[] labels) =>
        from name in Name
        from value in Value(labels, 3)
        from isOptional in Gen.Bool
        from text in Gen.OneOf(Gen.Const((string?)null), Name.Select(name => (string?)name))
        from omission in Gen.Enum<SchemaOmission>()
        from former in Names
        from isDraft in Gen.Bool
        from clr in ClrName
        select new SchemaMember(name, value) { IsOptional = isOptional, Default = text, Omission = omission, FormerNames = former, IsDraft = isDraft, ClrName = clr };

    private static Gen<SchemaValue> Value(string[] labels, int depth)
    {
        var flat = Gen.OneOf(
            Gen.Select(OneOf([.. SchemaValue.Scalars]), Gen.Bool, (name, isNullable) => new SchemaValue(SchemaForm.Scalar, name, isNullable)),
            Gen.Select(OneOf(SchemaForm.Object, SchemaForm.Enum, SchemaForm.Union, SchemaForm.Record, SchemaForm.Opaque, SchemaForm.NumberedEnum), OneOf(labels), Gen.Bool, (form, label, isNullable) => new SchemaValue(form, label, isNullable)));
        return depth == 0
            ? flat
            : Gen.OneOf(flat, Gen.Select(OneOf(SchemaForm.List, SchemaForm.Map), Value(labels, depth - 1), Gen.Bool, (form, element, isNullable) => new SchemaValue(form, "", isNullable, element)));
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
