using System.Globalization;
using System.Text.Json;
using CsCheck;
using Nagare.Generated;
using Nagare.Schema;

namespace Nagare.Generators.Tests.Schema.Proofs;

/// <summary>One event for each scalar, all of one stored name and member, so that each reads what each other wrote.</summary>
[EventFamily("scalars")]
public abstract partial record ScalarEvent
{
    [Event("byte")] public sealed record OfByte(byte Value) : ScalarEvent;
    [Event("sbyte")] public sealed record OfSByte(sbyte Value) : ScalarEvent;
    [Event("int16")] public sealed record OfInt16(short Value) : ScalarEvent;
    [Event("uint16")] public sealed record OfUInt16(ushort Value) : ScalarEvent;
    [Event("int32")] public sealed record OfInt32(int Value) : ScalarEvent;
    [Event("uint32")] public sealed record OfUInt32(uint Value) : ScalarEvent;
    [Event("int64")] public sealed record OfInt64(long Value) : ScalarEvent;
    [Event("uint64")] public sealed record OfUInt64(ulong Value) : ScalarEvent;
    [Event("int128")] public sealed record OfInt128(Int128 Value) : ScalarEvent;
    [Event("uint128")] public sealed record OfUInt128(UInt128 Value) : ScalarEvent;
    [Event("single")] public sealed record OfSingle(float Value) : ScalarEvent;
    [Event("double")] public sealed record OfDouble(double Value) : ScalarEvent;
    [Event("decimal")] public sealed record OfDecimal(decimal Value) : ScalarEvent;
    [Event("boolean")] public sealed record OfBoolean(bool Value) : ScalarEvent;
    [Event("string")] public sealed record OfString(string Value) : ScalarEvent;
    [Event("char")] public sealed record OfChar(char Value) : ScalarEvent;
    [Event("guid")] public sealed record OfGuid(Guid Value) : ScalarEvent;
    [Event("datetime")] public sealed record OfDateTime(DateTime Value) : ScalarEvent;
    [Event("datetimeoffset")] public sealed record OfDateTimeOffset(DateTimeOffset Value) : ScalarEvent;
    [Event("dateonly")] public sealed record OfDateOnly(DateOnly Value) : ScalarEvent;
    [Event("timeonly")] public sealed record OfTimeOnly(TimeOnly Value) : ScalarEvent;
    [Event("timespan")] public sealed record OfTimeSpan(TimeSpan Value) : ScalarEvent;
    [Event("base64")] public sealed record OfBase64(byte[] Value) : ScalarEvent;
    [Event("json")] public sealed record OfJson(JsonElement Value) : ScalarEvent;
    [Event("enum")] public sealed record OfEnum(OldColors Value) : ScalarEvent;
}

/// <summary>Every pair of scalars: what the comparison says of the change is what happens to values at the edges and to many between.</summary>
public class ScalarTests
{
    /// <summary>The rows of the table that are proven here.</summary>
    internal static readonly ChangeKind[] Proven = [ChangeKind.NumberWidened, ChangeKind.NumberNarrowed, ChangeKind.NumberChanged, ChangeKind.TypeWidened, ChangeKind.TypeNarrowed];

    private static readonly EventFamily Family = Nagare_Generators_Tests_Schema_Proofs_ScalarEventFamily.Value;

    private static readonly Dictionary<string, object[]> Samples = Values();

    public static TheoryData<string, string> Pairs =>
        [.. from was in Samples.Keys from now in Samples.Keys where was != now select new TheoryDataRow<string, string>(was, now)];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_verdict_on_a_changed_scalar_is_what_happens(string was, string now)
    {
        var kind = Compare(was, now).Kind;
        Assert.Equal(ChangeTable.Of(kind).Read == Verdict.Safe, Samples[was].All(value => Reads(now, was, value)));
        Assert.Equal(ChangeTable.Of(kind).Rollout == Verdict.Safe, Samples[now].All(value => Reads(was, now, value)));
    }

    [Fact]
    public void Every_row_of_scalars_occurs()
    {
        var kinds = Samples.Keys.SelectMany(was => Samples.Keys.Where(now => now != was).Select(now => Compare(was, now).Kind)).ToHashSet();
        Assert.Superset(Proven.ToHashSet(), kinds);
    }

    private static SchemaChange Compare(string was, string now) =>
        Assert.Single(SchemaComparison.Compare(Renamed(was), Renamed(now)), change => change.Kind != ChangeKind.ClrNameChanged);

    private static SchemaLock Renamed(string name)
    {
        var built = Proof.Of("scalars", name);
        return built with { Events = built.Events.Select(e => e with { Name = "scalar" }).ToEquatableArray() };
    }

    // The value is the same where its text is, numbers compared as numbers; a reader that cannot write what it read has not read it.
    private static bool Reads(string reader, string writer, object value)
    {
        var bytes = Proof.Write(Type(writer), value);
        try
        {
            var json = new Utf8JsonReader(bytes);
            var read = Type(reader).Read(ref json);
            return Normal(bytes) == Normal(Proof.Write(Type(reader), read));
        }
        catch (EventFormatException)
        {
            return false;
        }
    }

    private static string Normal(byte[] bytes)
    {
        var value = JsonDocument.Parse(bytes).RootElement.GetProperty("value");
        return value.ValueKind != JsonValueKind.Number ? value.ToString() : Digits(value.GetRawText());
    }

    // Digits without zeros at the ends, and where the point stands: equal for equal numbers of any size.
    private static string Digits(string number)
    {
        var parts = number.ToUpperInvariant().Split('E');
        var exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        var sign = parts[0].StartsWith('-') ? "-" : "";
        var mantissa = parts[0].TrimStart('-').Split('.');
        var digits = mantissa[0] + (mantissa.Length > 1 ? mantissa[1] : "");
        exponent -= mantissa.Length > 1 ? mantissa[1].Length : 0;
        var trimmed = digits.TrimEnd('0');
        exponent += digits.Length - trimmed.Length;
        trimmed = trimmed.TrimStart('0');
        return trimmed.Length == 0 ? "0" : $"{sign}{trimmed}e{exponent}";
    }

    private static EventType Type(string name) => Family.Events.Single(e => e.Name == name);

    private static Dictionary<string, object[]> Values()
    {
        const int Count = 200;
        Dictionary<string, object[]> values = new()
        {
            ["byte"] = [.. Edges<byte>(0, 255, Gen.Byte).Select(value => new ScalarEvent.OfByte(value))],
            ["sbyte"] = [.. Edges<sbyte>(-128, 127, Gen.SByte).Select(value => new ScalarEvent.OfSByte(value))],
            ["int16"] = [.. Edges(short.MinValue, short.MaxValue, Gen.Short).Select(value => new ScalarEvent.OfInt16(value))],
            ["uint16"] = [.. Edges<ushort>(0, ushort.MaxValue, Gen.UShort).Select(value => new ScalarEvent.OfUInt16(value))],
            ["int32"] = [.. Edges(int.MinValue, int.MaxValue, Gen.Int).Select(value => new ScalarEvent.OfInt32(value))],
            ["uint32"] = [.. Edges(0u, uint.MaxValue, Gen.UInt).Select(value => new ScalarEvent.OfUInt32(value))],
            ["int64"] = [.. Edges(long.MinValue, long.MaxValue, Gen.Long).Select(value => new ScalarEvent.OfInt64(value))],
            ["uint64"] = [.. Edges(0ul, ulong.MaxValue, Gen.ULong).Select(value => new ScalarEvent.OfUInt64(value))],
            ["int128"] = [new ScalarEvent.OfInt128(Int128.MinValue), new ScalarEvent.OfInt128(Int128.MaxValue), new ScalarEvent.OfInt128(0)],
            ["uint128"] = [new ScalarEvent.OfUInt128(UInt128.MaxValue), new ScalarEvent.OfUInt128(0)],
            ["single"] = [.. Edges(float.MinValue, float.MaxValue, Gen.Float.Where(float.IsFinite)).Append(0.1f).Append(float.Epsilon).Select(value => new ScalarEvent.OfSingle(value))],
            ["double"] = [.. Edges(double.MinValue, double.MaxValue, Gen.Double.Where(double.IsFinite)).Append(0.1).Append(double.Epsilon).Select(value => new ScalarEvent.OfDouble(value))],
            ["decimal"] = [.. Edges(decimal.MinValue, decimal.MaxValue, Gen.Decimal).Append(0.1m).Append(0.1234567890123456789012345678m).Select(value => new ScalarEvent.OfDecimal(value))],
            ["boolean"] = [new ScalarEvent.OfBoolean(true), new ScalarEvent.OfBoolean(false)],
            ["string"] = [.. new[] { "", "a", "Red", "2026-01-02", "1.02:03:04", "3", "no such thing" }.Select(value => new ScalarEvent.OfString(value))],
            ["char"] = [new ScalarEvent.OfChar('a'), new ScalarEvent.OfChar('"'), new ScalarEvent.OfChar('é')],
            ["guid"] = [new ScalarEvent.OfGuid(Guid.Empty), new ScalarEvent.OfGuid(new Guid("0196a3c1-1111-7222-8333-444455556666"))],
            ["datetime"] = [new ScalarEvent.OfDateTime(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)), new ScalarEvent.OfDateTime(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Unspecified)), new ScalarEvent.OfDateTime(DateTime.MaxValue)],
            ["datetimeoffset"] = [new ScalarEvent.OfDateTimeOffset(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(11)))],
            ["dateonly"] = [new ScalarEvent.OfDateOnly(new DateOnly(2026, 1, 2)), new ScalarEvent.OfDateOnly(DateOnly.MaxValue)],
            ["timeonly"] = [new ScalarEvent.OfTimeOnly(new TimeOnly(3, 4, 5)), new ScalarEvent.OfTimeOnly(TimeOnly.MaxValue), new ScalarEvent.OfTimeOnly(TimeOnly.MinValue)],
            ["timespan"] = [new ScalarEvent.OfTimeSpan(TimeSpan.MaxValue), new ScalarEvent.OfTimeSpan(TimeSpan.MinValue), new ScalarEvent.OfTimeSpan(TimeSpan.Zero)],
            ["base64"] = [new ScalarEvent.OfBase64([1, 2, 251, 255]), new ScalarEvent.OfBase64([])],
            ["json"] = [.. new[] { "{}", "[]", "null", "true", "1e400", "\"a\"" }.Select(text => new ScalarEvent.OfJson(JsonDocument.Parse(text).RootElement))],
            ["enum"] = [new ScalarEvent.OfEnum(OldColors.Red), new ScalarEvent.OfEnum(OldColors.Green)],
        };
        return values;

        static IEnumerable<T> Edges<T>(T least, T most, Gen<T> between) => between.Array[Count].Single().Prepend(least).Append(most);
    }
}
