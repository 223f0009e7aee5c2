using System.Linq;
using Microsoft.CodeAnalysis.CSharp;

namespace Nagare.Generators;

/// <summary>Prints how an enum is read and written: by name.</summary>
internal static class EnumEmitter
{
    public static void EmitMembers(SourceWriter source, ShapeModel shape)
    {
        source.Line("/// <inheritdoc/>");
        source.Block($"public static {shape.Type.FullName} Read(ref global::System.Text.Json.Utf8JsonReader reader)", () =>
        {
            source.Line("global::Nagare.WireReader.BeginName(ref reader);");
            foreach (var member in shape.EnumMembers)
            {
                source.Block($"if (reader.ValueTextEquals({Literal(member.WireName)}u8))", () => source.Line($"return {shape.Type.FullName}.{member.Name};"));
            }

            source.Line();
            source.Line($"throw global::Nagare.WireReader.UnknownName<{shape.Type.FullName}>(ref reader);");
        });
        source.Line();
        source.Line("/// <inheritdoc/>");
        source.Block($"public static void Write(global::System.Text.Json.Utf8JsonWriter writer, {shape.Type.FullName} value)", () =>
        {
            source.Block("writer.WriteStringValue(value switch", () =>
            {
                foreach (var member in shape.EnumMembers.Where(member => !member.IsAlias))
                {
                    source.Line($"{shape.Type.FullName}.{member.Name} => {NameField(member)},");
                }

                source.Line("_ => throw global::Nagare.WireWriter.Unnamed(value),");
            }, "});");
        });
        foreach (var member in shape.EnumMembers.Where(member => !member.IsAlias))
        {
            source.Line();
            source.Line($"private static readonly global::System.Text.Json.JsonEncodedText {NameField(member)} = global::System.Text.Json.JsonEncodedText.Encode({Literal(member.WireName)});");
        }
    }

    private static string NameField(EnumMemberModel member) => member.Name.TrimStart('@') + "Name";

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
