using System.Collections.Immutable;
using System.Globalization;
using CsCheck;

namespace Nagare.Generators.Tests.Codecs;

/// <summary>Values of every form of the grammar, the odd ones often.</summary>
internal static class Values
{
    private static readonly Gen<string> Piece = Either(
        Gen.String[Gen.Char[' ', '~'], 0, 12],
        Gen.String[Gen.Char['\0', '\x1f'], 0, 3],
        Gen.String[Gen.Char['\u0080', '\ud7ff'], 0, 6],
        Gen.String[Gen.Char['\ue000', '\uffff'], 0, 3],
        Const("", "\0", "\"", "\\", "/", "<&>", "\u2028", "\u007f", "😀", "𝄞é", "{\"a\":[1]}", new string('x', 5_000), new string('流', 700)));

    public static readonly Gen<string> Text = Piece.Array[0, 4].Select(string.Concat);

    public static readonly Gen<double> Double = Either(Gen.Double.Where(double.IsFinite), Const(0d, -0d, double.Epsilon, double.MaxValue, double.MinValue, 1e21, 1e-7, 0.1, 100d));

    public static readonly Gen<float> Single = Either(Gen.Float.Where(float.IsFinite), Const(0f, -0f, float.Epsilon, float.MaxValue, float.MinValue, 0.1f));

    public static readonly Gen<decimal> Decimal = Either(Gen.Decimal, Const(decimal.MaxValue, decimal.MinValue, 0m, -0.0m, 1.000m, decimal.Parse("0.0000000000000000000000000001", CultureInfo.InvariantCulture)));

    private static readonly Gen<DateTime> DateTimes = Gen.Select(Either(Gen.Long[0, DateTime.MaxValue.Ticks], Const(0L, DateTime.MaxValue.Ticks, 638_000_000_000_000_000L)), Const(DateTimeKind.Unspecified, DateTimeKind.Utc))
        .Select((ticks, kind) => new DateTime(ticks, kind));

    private static readonly Gen<DateTimeOffset> Offsets = Gen.Select(Gen.Long[TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay], Gen.Int[-14 * 60, 14 * 60])
        .Select((ticks, minutes) => new DateTimeOffset(ticks, TimeSpan.FromMinutes(minutes)));

    private static readonly Gen<DateOnly> Days = Gen.Int[0, DateOnly.MaxValue.DayNumber].Select(DateOnly.FromDayNumber);

    private static readonly Gen<TimeOnly> TimesOfDay = Either(Gen.Long[0, TimeOnly.MaxValue.Ticks], Const(0L, TimeSpan.TicksPerSecond)).Select(ticks => new TimeOnly(ticks));

    private static readonly Gen<TimeSpan> Spans = Either(Gen.Long, Const(0L, long.MinValue, long.MaxValue, -1L, TimeSpan.TicksPerDay)).Select(ticks => new TimeSpan(ticks));

    private static readonly Gen<Int128> Int128s = Either(Gen.Select(Gen.ULong, Gen.ULong).Select((high, low) => (Int128)new UInt128(high, low)), Const(Int128.MinValue, Int128.MaxValue, Int128.Zero));

    private static readonly Gen<byte[]> Bytes = Either(Gen.Byte.Array[0, 40], Gen.Byte.Array[2_000, 3_000]);

    private static readonly Gen<Colour> Colours = Const(Colour.Red, Colour.Green, Colour.Blue);

    private static readonly Gen<Access> Accesses = Gen.Int[0, 15].Select(flags => (Access)flags);

    private static readonly Gen<Point> Points = Gen.Select(Gen.Int, Gen.Int).Select((x, y) => new Point(x, y));

    private static readonly Gen<Line> Lines = Gen.Select(Text, Gen.Int, Decimal).Select((sku, quantity, price) => new Line(sku, quantity, price));

    private static readonly Gen<Address?> Addresses = Gen.Select(Text, Maybe(Text), Gen.Bool).Select((street, city, there) => there ? new Address { Street = street, City = city } : null);

    private static readonly Gen<Order> Orders = Gen.Select(Text, Lines.Array[0, 3], Addresses).Select((id, lines, address) => new Order(id, [.. lines], address));

    private static readonly Gen<Tree?> Trees = Gen.Int[0, 12].Select(Gen.Int).Select((depth, value) =>
    {
        Tree? tree = null;
        for (var i = 0; i < depth; i++)
        {
            tree = new Tree(value + i, tree is null ? [] : [tree, new Tree(i, [])]);
        }

        return tree;
    });

    public static readonly Gen<object> Events = Either(
        Gen.Select(Gen.Select(Gen.Byte, Gen.SByte, Gen.Short, Gen.UShort), Gen.Select(Gen.Int, Gen.UInt, Gen.Long, Gen.ULong), Int128s)
            .Select((small, large, huge) => (object)new Everything.Integers(small.Item1, small.Item2, small.Item3, small.Item4, large.Item1, large.Item2, large.Item3, large.Item4, huge, (UInt128)huge)),
        Gen.Select(Single, Double, Decimal).Select((single, number, amount) => (object)new Everything.Fractions(single, number, amount)),
        Gen.Select(Text, Gen.Char['\0', '\ud7ff'], Maybe(Text), Gen.Guid, Gen.Bool).Select((text, character, nullable, id, flag) => (object)new Everything.Texts(text, character, nullable, id, flag)),
        Gen.Select(DateTimes, Offsets, Days, TimesOfDay, Spans).Select((local, offset, day, time, span) => (object)new Everything.Times(local, offset, day, time, span)),
        Gen.Select(Bytes, Bytes).Select((array, memory) => (object)new Everything.Blobs(array, memory)),
        Gen.Select(Gen.Select(Gen.Int.Nullable(), Decimal.Nullable(), Gen.Guid.Nullable(), Colours.Nullable()), Gen.Select(Days.Nullable(), Maybe(Bytes), Points.Nullable(), Maybe(Lines), Maybe(Gen.Int.List[0, 4])))
            .Select((some, more) => (object)new Everything.Nullables(some.Item1, some.Item2, some.Item3, some.Item4, more.Item1, more.Item2, more.Item3, more.Item4, more.Item5)),
        Gen.Select(Gen.Int.Array[0, 40], Text.List[0, 4], Lines.Array[0, 3], Double.Array[0, 5], Maybe(Text).Array[0, 4], Gen.Int.Array[0, 3].Array[0, 3])
            .Select((array, list, lines, immutable, readOnly, matrix) => (object)new Everything.Lists(array, list, [.. lines], [.. immutable], readOnly, [.. matrix.Select(row => row.ToImmutableArray())])),
        Gen.Select(Orders, Points, Colours, Trees).Select((order, point, colour, tree) => (object)new Everything.Nested(order, point, colour, tree)),
        Gen.Select(Text, Gen.Int, Text, Colours, Double, Maybe(Text), Text, Gen.Int)
            .Select((required, number, text, colour, ratio, nullable, init, set) => (object)new Everything.Defaults(required, number, text, colour, ratio, nullable) { Init = init, Set = set, Demanded = text }),
        Gen.Select(Text, Gen.Int, Text, Gen.Int, Maybe(Text)).Select((name, size, url, id, only) => (object)new Everything.Renamed(name, size, url, id) { OnlyWhenSet = only }),
        Gen.Select(Accesses, Accesses.Nullable(), Accesses.List[0, 3], Const(Wide64.Nothing, Wide64.First, Wide64.Last, Wide64.First | Wide64.Last))
            .Select((access, optional, list, wide) => (object)new Everything.Flagged(access, optional, list, wide)),
        Gen.Const<object>(new Everything.Empty()));

    public static readonly Gen<Everything.Maps> Maps = Gen.Select(Entries(Gen.Int), Entries(Maybe(Text)), Entries(Decimal), Entries(Lines), Entries(Gen.Int.List[0, 3]))
        .Select((plain, readOnly, sorted, immutable, immutableSorted) => new Everything.Maps(
            plain,
            readOnly,
            new SortedDictionary<string, decimal>(sorted, StringComparer.Ordinal),
            immutable.ToImmutableDictionary(),
            immutableSorted.ToImmutableSortedDictionary(StringComparer.Ordinal)));

    private static Gen<T> Const<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<T> Either<T>(params Gen<T>[] gens) => Gen.Int[0, gens.Length - 1].SelectMany(i => gens[i]);

    private static Gen<T?> Maybe<T>(Gen<T> values)
        where T : class => Gen.Select(Gen.Bool, values).Select((there, value) => there ? value : null);

    private static Gen<Dictionary<string, T>> Entries<T>(Gen<T> values) =>
        Gen.Select(Text, values).Array[0, 5].Select(entries => entries.DistinctBy(entry => entry.Item1).ToDictionary(entry => entry.Item1, entry => entry.Item2));
}
