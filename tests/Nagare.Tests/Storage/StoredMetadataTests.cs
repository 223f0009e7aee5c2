using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Nagare.Storage;

namespace Nagare.Tests;

public class StoredMetadataTests
{
    private static readonly Gen<CausationId> Causes = Gen.OneOf(
        Gen.Guid.Where(id => id != Guid.Empty).Select(id => new CausationId(id)),
        Gen.Char['a', 'z'].Array[1, 40].Select(text => new CausationId(new string(text))));

    private static readonly Gen<string> Texts = Gen.Char.Where(c => !char.IsSurrogate(c)).Array[0, 30].Select(text => new string(text));

    [Fact]
    public void Whatever_is_stored_is_read_back_and_always_gives_the_same_bytes() => Gen.Select(
        Texts.Null(),
        Causes.Array[0, 5],
        Gen.Dictionary(Texts, Texts)[0, 5]).Sample((traceState, causes, entries) =>
        {
            var metadata = new StoredMetadata(traceState, [.. causes], entries.ToImmutableSortedDictionary(StringComparer.Ordinal));
            var bytes = metadata.ToBytes();
            var read = StoredMetadata.FromBytes(bytes);
            Assert.Equal((metadata.TraceState, metadata.IsEmpty), (read.TraceState, read.IsEmpty));
            Assert.Equal<CausationId>(metadata.FurtherCauses, read.FurtherCauses);
            Assert.Equal<KeyValuePair<string, string>>(metadata.Entries, read.Entries);
            Assert.Equal(bytes, read.ToBytes());
        });

    [Fact]
    public void Nothing_is_stored_as_nothing()
    {
        Assert.Empty(StoredMetadata.None.ToBytes());
        Assert.True(StoredMetadata.FromBytes([]).IsEmpty);
    }

    [Fact]
    public void Members_of_a_later_build_are_skipped() =>
        Assert.Equal("a=1", StoredMetadata.FromBytes("""{"later":[{"x":[1]}],"tracestate":"a=1"}"""u8).TraceState);

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"causes":{}}""")]
    [InlineData("""{"causes":[{"event":"not a guid"}]}""")]
    [InlineData("""{"causes":[{"outside":""}]}""")]
    [InlineData("""{"causes":[{"outside":null}]}""")]
    [InlineData("""{"entries":{"a":1}}""")]
    [InlineData("""{"entries":{"a":null}}""")]
    [InlineData("""{"tracestate":7}""")]
    public void Bytes_that_are_no_metadata_are_refused(string json) =>
        Assert.Throws<FormatException>(() => StoredMetadata.FromBytes(Encoding.UTF8.GetBytes(json)));
}
