using CsCheck;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nagare.Generators.Tests.Emission;

public class SourceWriterTests
{
    // What ends a line somewhere, opens a directive, closes a literal, or fits into no file.
    private static readonly Gen<string> Lines = Gen.OneOf(
        Gen.Const("# not a directive"), Gen.Const("  indented"), Gen.Const("\"\"\""), Gen.Const("\"\""), Gen.Const("{0} \\n"), Gen.Const("\u2028"), Gen.Const("\u0085x"), Gen.Const("\r"), Gen.Const("\t"),
        Gen.Const("\0"), Gen.Const("\uD800"), Gen.Const("流れ"), Gen.Const("😀"), Gen.Const("\uFEFF"), Gen.Const("\u202Egnp"), Gen.Const(""), Gen.String[0, 12]);

    [Fact]
    public void A_text_of_several_lines_is_to_the_compiler_what_it_was() => Lines.List[0, 6].Select(static lines => string.Join('\n', lines)).Sample(
        static text =>
        {
            var source = new SourceWriter();
            source.Block("class C", () =>
            {
                source.Line("string s =");
                source.Indented(() => source.Text(text, ";"));
            });
            var tree = CSharpSyntaxTree.ParseText(source.End());
            var literal = tree.GetRoot().DescendantNodes().OfType<LiteralExpressionSyntax>().Single();
            return !tree.GetDiagnostics().Any() && (string?)literal.Token.Value == text;
        });

    [Fact]
    public void An_ordinary_text_reads_as_it_is()
    {
        var source = new SourceWriter();
        source.Text("event order placed 1\n  member total decimal  # Total\n", ",");
        Assert.EndsWith("\"\"\"\nevent order placed 1\n  member total decimal  # Total\n\n\"\"\",\n", source.End(), StringComparison.Ordinal);
    }
}
