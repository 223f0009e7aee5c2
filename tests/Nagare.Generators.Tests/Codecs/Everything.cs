using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nagare.Generators.Tests.Codecs;

/// <summary>A family that holds every form of the grammar at least once.</summary>
[EventFamily("everything", Json = typeof(ForeignJson))]
public abstract partial record Everything
{
    [Event]
    public sealed record Integers(byte A, sbyte B, short C, ushort D, int E, uint F, long G, ulong H, Int128 I, UInt128 J) : Everything;

    [Event]
    public sealed record Fractions(float Single, double Double, decimal Decimal) : Everything;

    [Event]
    public sealed record Texts(string Text, char Character, string? Nullable, Guid Id, bool Flag) : Everything;

    [Event]
    public sealed record Times(DateTime Local, DateTimeOffset Offset, DateOnly Day, TimeOnly Time, TimeSpan Span) : Everything;

    [Event]
    public sealed record Blobs(byte[] Array, ReadOnlyMemory<byte> Memory) : Everything;

    [Event]
    public sealed record Nullables(int? Number, decimal? Amount, Guid? Id, Colour? Colour, DateOnly? Day, byte[]? Bytes, Point? Point, Line? Line, List<int>? List) : Everything;

    [Event]
    public sealed record Lists(int[] Array, List<string> List, ImmutableArray<Line> Lines, ImmutableList<double> Immutable, IReadOnlyList<string?> ReadOnly, ImmutableArray<ImmutableArray<int>> Matrix) : Everything;

    [Event]
    public sealed record Maps(
        Dictionary<string, int> Plain,
        IReadOnlyDictionary<string, string?> ReadOnly,
        SortedDictionary<string, decimal> Sorted,
        ImmutableDictionary<string, Line> Immutable,
        ImmutableSortedDictionary<string, List<int>> ImmutableSorted) : Everything;

    [Event]
    public sealed record Nested(Order Order, Point Point, Colour Colour, Tree? Tree) : Everything;

    [Event]
    public sealed record Raw(JsonElement Json, JsonElement? Optional) : Everything;

    [Event]
    public sealed record Flagged(Access Access, Access? Optional, List<Access> List, Wide64 Edges) : Everything;

    [Event]
    public sealed record Converted(Celsius Temperature, List<Celsius> History, Reading Reading, [property: JsonConverter(typeof(JsonStringEnumConverter<Colour>))] Colour Colour) : Everything;

    // What is stored of events that the rules advise against.
#pragma warning disable NAG0004, NAG0013
    [Event]
    public sealed record Defaults(string Required, int Number = 7, string Text = "seven", Colour Colour = Colour.Blue, double Ratio = 0.5, string? Nullable = "set") : Everything
    {
        public string Init { get; init; } = "initial";

        public int Set { get; set; } = 3;

        public required string Demanded { get; init; }

        public int Computed => Number * 2;
    }

    [Event, Explain("{Name} is {Size:000}", "{URLValue} {ID} {OnlyWhenSet} {{Name}} {Label.Label} {Dotted} {a{b}", Detail = "{Size}", Tags = ["name={Name}", "plain"])]
    public sealed record Renamed([property: JsonPropertyName("the name")] string Name, [property: JsonPropertyName("größe")] int Size, string URLValue, int ID) : Everything
    {
        [JsonIgnore]
        public string Ignored { get; set; } = "";

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? OnlyWhenSet { get; init; }

        public Labelled? Label { get; init; }
    }

    [Event]
    public sealed record Empty : Everything;

    [Event]
    public sealed record Foreign(Uri Link, Uri? Optional, List<Version> Versions) : Everything;

    [Event, Explain("Event {Name}", "{Line.Sku} at {Ratio:0.00} {{literally}} {Unknown}", Tags = ["name={Name}", "day={Day:yyyy}"], Detail = "{Nothing}", Actor = "user:{Name}")]
    public sealed record Explained(string Name, Line? Line, double Ratio, DateOnly Day, string? Nothing) : Everything;
#pragma warning restore NAG0004, NAG0013

    [Event]
    public sealed record Boxed(Box<int> Number, Pair<string?> Words) : Base<Point>;

    public abstract record Base<T> : Everything
    {
        public T? Inherited { get; init; }
    }

    [Event]
    public sealed record Wide(
        int M00, int M01, int M02, int M03, int M04, int M05, int M06, int M07, int M08, int M09,
        int M10, int M11, int M12, int M13, int M14, int M15, int M16, int M17, int M18, int M19,
        int M20, int M21, int M22, int M23, int M24, int M25, int M26, int M27, int M28, int M29,
        int M30, int M31, int M32, int M33, int M34, int M35, int M36, int M37, int M38, int M39,
        int M40, int M41, int M42, int M43, int M44, int M45, int M46, int M47, int M48, int M49,
        int M50, int M51, int M52, int M53, int M54, int M55, int M56, int M57, int M58, int M59,
        int M60, int M61, int M62, int M63, int M64, int M65, int M66 = 5) : Everything;

    [Event]
    private sealed record Hidden(string Secret, Inner Inside) : Everything;

    private sealed record Inner(int Number);

    public static object MakeHidden(string secret, int number) => new Hidden(secret, new Inner(number));
}

public enum Colour
{
    Red,

    [JsonStringEnumMemberName("deep green")]
    Green,
    Blue = 7,
}

[Flags]
public enum Access
{
    None = 0,
    Delete = 4,
    Read = 1,

    [JsonStringEnumMemberName("to write")]
    Write = 2,
    Change = Write | Delete,
    Alter = Change,
    Run = 8,
}

[Flags]
public enum Wide64 : ulong
{
    Nothing,
    First = 1,
    Last = 1UL << 63,
}

/// <summary>Its converter writes it as text: what its members say is not what is stored.</summary>
[JsonConverter(typeof(CelsiusConverter))]
public readonly record struct Celsius(int Degrees);

public sealed record Reading([property: JsonConverter(typeof(CelsiusConverter))] Celsius Value, int Sensor);

public sealed class CelsiusConverter : JsonConverter<Celsius>
{
    public override Celsius Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(int.Parse(reader.GetString()!.TrimEnd('C'), System.Globalization.CultureInfo.InvariantCulture));

    public override void Write(Utf8JsonWriter writer, Celsius value, JsonSerializerOptions options) =>
        writer.WriteStringValue(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value.Degrees}C"));
}

public sealed record Labelled([property: JsonPropertyName("label text")] string Label);

public sealed class Box<T>
    where T : struct, IComparable<T>
{
    public T Value { get; init; }

    public List<T> More { get; init; } = [];
}

public struct Pair<T>()
{
    public T? First { get; init; }

    public int Second { get; init; } = 4;
}

public readonly record struct Point(int X, int Y);

public sealed record Line(string Sku, int Quantity, decimal Price);

public sealed record Order(string Id, ImmutableArray<Line> Lines, Address? Address);

public sealed class Address
{
    public string Street { get; set; } = "";

    public string? City { get; set; }
}

public sealed record Tree(int Value, List<Tree> Children);

[JsonSerializable(typeof(Uri))]
[JsonSerializable(typeof(Version))]
[JsonSerializable(typeof(Celsius))]
[JsonSerializable(typeof(Reading))]
public sealed partial class ForeignJson : JsonSerializerContext;

[EventModel]
public sealed partial class EverythingModel;
