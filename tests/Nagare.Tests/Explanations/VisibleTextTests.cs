using System.Globalization;
using System.Text;
using CsCheck;

namespace Nagare.Tests.Explanations;

public class VisibleTextTests
{
    [Theory]
    [InlineData("plain text, 日本語, Ünïcode, 🙂", "plain text, 日本語, Ünïcode, 🙂")]
    [InlineData("\u001b[31mred", "\\u001B[31mred")]
    [InlineData("user\u202Egpj.exe", "user\\u202Egpj.exe")]
    [InlineData("a\u2066b\u2069c\u200E\u200F\u061C", "a\\u2066b\\u2069c\\u200E\\u200F\\u061C")]
    [InlineData("a\nb\r\nc\td", "a\\nb\\r\\nc\\td")]
    [InlineData("\0\u007f\u009b", "\\u0000\\u007F\\u009B")]
    [InlineData("a\u2028b\u2029c\u0085d", "a\\u2028b\\u2029c\\u0085d")]
    [InlineData("\uFEFFbom \u00ADsoft \u200Bzero", "\\uFEFFbom \\u00ADsoft \\u200Bzero")]
    [InlineData("\U000E0041\U000E0042", "\\U000E0041\\U000E0042")]
    [InlineData("👩\u200D💻 نمی\u200Cخواهم", "👩\u200D💻 نمی\u200Cخواهم")]
    public void What_acts_or_hides_is_shown_as_its_code(string text, string shown) => Assert.Equal(shown, VisibleText.Line(text));

    [Fact]
    public void Half_a_surrogate_pair_is_shown_as_its_code() => Assert.Equal("a\\uD83Db\\uDE42", VisibleText.Line("a\ud83db\ude42"));

    [Fact]
    public void A_block_keeps_its_lines_and_tabs_and_nothing_else_that_acts() =>
        Assert.Equal("a\n\tb\nc\\rd\\u001B", VisibleText.Block("a\n\tb\r\nc\rd\u001b"));

    [Fact]
    public void Text_without_such_characters_is_not_copied()
    {
        const string Text = "nothing to see";
        Assert.Same(Text, VisibleText.Line(Text));
    }

    [Fact]
    public void Whatever_comes_in_nothing_that_acts_comes_out() =>
        Gen.String[Gen.Char, 0, 40].Sample(text =>
        {
            Assert.DoesNotContain(VisibleText.Line(text), Acts);
            Assert.DoesNotContain(VisibleText.Block(text), c => c is not ('\n' or '\t') && Acts(c));
            Assert.True(new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(VisibleText.Line(text)) >= 0);
        });

    private static bool Acts(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' || (char.GetUnicodeCategory(c) == UnicodeCategory.Format && c is not ('\u200C' or '\u200D'));
}
