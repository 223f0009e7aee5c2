using CsCheck;
using Nagare.Schema;

namespace Nagare.Generators.Tests.Schema;

/// <summary><c>nagare.schema</c> as text: what is written is read back, and what cannot be read says where and what to do.</summary>
public class LockFormatTests
{
    private const string Orders = """
        nagare-schema 1  # what stored events look like; written by 'nagare schema update' and the code fixes, read in review

        family orders  # Shop.OrderEvent
          former order
          retired order-lost

        event orders paid 1 sealed past  # Shop.PaidV1
          member amount int32

        event orders paid 2 draft  # Shop.OrderEvent.Paid
          former "settled in full"
          former sum is amount
          member amount decimal  # Amount
          member currency enum currency optional default Euro  # Currency
          member lines list of object? line optional  # Lines
          member note string? optional omitted null draft  # Note
          retired "by whom"

        enum currency sealed  # Shop.Currency
          former EUR is Euro
          name Euro
          name Yen draft

        object line sealed  # Shop.Line
          member payment union payment
          member site opaque? uri

        union payment draft  # Shop.Payment
          case card
          case cash
          retired barter

        """;

    [Fact]
    public void What_is_printed_is_read_and_printed_again() => Assert.Equal(Orders, SchemaLock.Parse(Orders).ToString());

    [Fact]
    public void Any_schema_is_read_back_as_it_was() => Schemas.Any.Sample(
        schema => SchemaLock.Parse(schema.ToString()).Equals(schema.Normalized()) && SchemaLock.Parse(schema.ToString()).ToString() == schema.ToString(),
        print: schema => schema.ToString());

    [Fact]
    public void Line_ends_and_the_order_of_blocks_do_not_matter()
    {
        var blocks = Orders.Split("\n\n");
        var shuffled = string.Join("\r\n\r\n", blocks.Take(1).Concat(blocks.Skip(1).Reverse())).ReplaceLineEndings("\r\n");

        Assert.Equal(Orders, SchemaLock.Parse(shuffled).ToString());
    }

    [Fact]
    public void Text_holds_no_carriage_return_and_one_fact_a_line() => Schemas.Any.Sample(schema =>
    {
        var text = schema.ToString();
        Assert.DoesNotContain('\r', text);
        Assert.EndsWith("\n", text);
    });

    [Theory]
    [InlineData("family a", "nagare.schema line 1: the first line must be 'nagare-schema 1'; run 'nagare schema update' to write the file anew")]
    [InlineData("nagare-schema 2", "nagare.schema line 1: this build reads format 1 only; use the version of Nagare that wrote the file")]
    [InlineData("nagare-schema 1\nfamly a", "nagare.schema line 2: 'famly' starts no entry; entries start with 'family', 'event', 'object', 'enum' or 'union', and their facts are indented")]
    [InlineData("nagare-schema 1\nevent a b 0 draft", "nagare.schema line 2: '0' is no version; versions count from 1")]
    [InlineData("nagare-schema 1\nevent a b 1 drft", "nagare.schema line 2: 'drft' is neither 'draft' nor 'sealed'; write 'draft' for what no release has stored yet")]
    [InlineData("nagare-schema 1\nevent a b 1", "nagare.schema line 2: 'draft' or 'sealed' is missing")]
    [InlineData("nagare-schema 1\nfamily a\nfamily a", "nagare.schema line 3: family a stands here twice; keep one")]
    [InlineData("nagare-schema 1\nevent a b 1 draft\nevent a b 1 sealed", "nagare.schema line 3: a/b version 1 stands here twice; keep one")]
    [InlineData("nagare-schema 1\nevent a b 1 draft\n  member x string\n  member x string", "nagare.schema line 4: member 'x' stands here twice; keep one")]
    [InlineData("nagare-schema 1\nevent a b 1 draft\n  member x string more", "nagare.schema line 3: 'more' does not belong here; remove it")]
    [InlineData("nagare-schema 1\nevent a b 1 draft\n  member \"x string", "nagare.schema line 3: a quote is not closed; close it")]
    [InlineData("nagare-schema 1\nevent a b 1 draft\n  member x list string", "nagare.schema line 3: write 'list of' and a type")]
    [InlineData("nagare-schema 1\nevent a b 1 draft\n  former y is x", "nagare.schema line 3: there is no 'x' in this entry; write 'retired y' where it is gone")]
    [InlineData("nagare-schema 1\n  member x string", "nagare.schema line 2: a fact must stand under its entry; start with 'family', 'event', 'object', 'enum' or 'union'")]
    [InlineData("nagare-schema 1\nenum a draft\n  member x string", "nagare.schema line 3: 'member' is no fact of this entry")]
    [InlineData("nagare-schema 1\n<<<<<<< ours", "nagare.schema line 2: this is a merge conflict; keep the lines of both sides and remove the marker")]
    public void What_cannot_be_read_says_where_and_what_to_do(string text, string message) =>
        Assert.Equal(message, Assert.Throws<SchemaFormatException>(() => SchemaLock.Parse(text)).Message);

    [Fact]
    public void An_unknown_type_is_told_the_types() =>
        Assert.StartsWith("nagare.schema line 3: 'strng' is no type; write one of boolean, ", Assert.Throws<SchemaFormatException>(() => SchemaLock.Parse("nagare-schema 1\nevent a b 1 draft\n  member x strng")).Message);

    [Fact]
    public void Any_text_is_read_or_refused_with_its_line() => Gen.String[Gen.Char["nagrschemevt 1\n #\"\\?"], 0, 200].Sample(text =>
    {
        try
        {
            SchemaLock.Parse("nagare-schema 1\n" + text);
        }
        catch (SchemaFormatException fault)
        {
            Assert.InRange(fault.Line, 1, 1 + text.Split('\n').Length);
            Assert.DoesNotContain('\n', fault.Message);
        }
    });
}
