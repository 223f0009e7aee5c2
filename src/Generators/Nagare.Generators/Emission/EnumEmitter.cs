using System.Collections.Generic;
using System.Linq;

namespace Nagare.Generators;

/// <summary>Prints how an enum is read and written: by name, and several flags by their names with commas between them.</summary>
internal static class EnumEmitter
{
    public static void EmitMembers(SourceWriter source, ShapeModel shape)
    {
        var type = shape.Type.FullName;
        var written = shape.EnumMembers.Where(static member => !member.IsAlias).ToList();
        source.Block($"public static {type} Read(ref global::System.Text.Json.Utf8JsonReader reader)", () =>
        {
            source.Line("global::Nagare.WireReader.BeginName(ref reader);");
            foreach (var (member, name) in NamesRead(shape))
            {
                source.Block($"if (reader.ValueTextEquals({Literal(name)}u8))", () => source.Line($"return {type}.{member.Name};"));
            }

            source.Line();
            source.Line(shape.Flags.Count > 0 ? "return ReadCombined(ref reader);" : $"throw global::Nagare.WireReader.UnknownName<{type}>(ref reader);");
        });
        source.Line();
        source.Block($"public static void Write(global::System.Text.Json.Utf8JsonWriter writer, {type} value)", () =>
        {
            if (written.Count == 0)
            {
                source.Line("throw global::Nagare.WireWriter.Unnamed(value);");
                return;
            }

            if (shape.Flags.Count > 0)
            {
                EmitWriteName(source, type, written);
                return;
            }

            source.Block("writer.WriteStringValue(value switch", () =>
            {
                EmitNames(source, type, written);
                source.Line("_ => throw global::Nagare.WireWriter.Unnamed(value),");
            }, "});");
        });
        if (shape.Flags.Count > 0)
        {
            source.Line();
            EmitReadCombined(source, shape);
            source.Line();
            EmitWriteCombined(source, shape);
        }

        foreach (var member in written)
        {
            source.Line();
            source.Line($"private static readonly global::System.Text.Json.JsonEncodedText {NameField(member)} = global::System.Text.Json.JsonEncodedText.Encode({Literal(member.WireName)});");
        }
    }

    // Every name once: first those of today, so that a former name never takes one of them.
    private static IEnumerable<(EnumMemberModel Member, string Name)> NamesRead(ShapeModel shape) =>
        shape.EnumMembers.Select(static member => (Member: member, Name: member.WireName))
            .Concat(shape.EnumMembers.SelectMany(static member => member.FormerNames, static (member, name) => (Member: member, Name: name)))
            .GroupBy(static read => read.Name)
            .Select(static same => same.First());

    private static void EmitNames(SourceWriter source, string type, IEnumerable<EnumMemberModel> written)
    {
        foreach (var member in written)
        {
            source.Line($"{type}.{member.Name} => {NameField(member)},");
        }
    }

    private static void EmitWriteName(SourceWriter source, string type, IReadOnlyList<EnumMemberModel> written)
    {
        source.Block("global::System.Text.Json.JsonEncodedText? name = value switch", () =>
        {
            EmitNames(source, type, written);
            source.Line("_ => null,");
        }, "};");
        source.Block("if (name is { } single)", () => source.Line("writer.WriteStringValue(single);"));
        source.Block("else", () => source.Line("WriteCombined(writer, value);"));
    }

    private static void EmitReadCombined(SourceWriter source, ShapeModel shape)
    {
        var type = shape.Type.FullName;
        source.Line("// Several names, with commas between them.");
        source.Block($"private static {type} ReadCombined(ref global::System.Text.Json.Utf8JsonReader reader)", () =>
        {
            source.Line($"{type} combined = default;");
            source.Block("foreach (var name in global::Nagare.WireReader.Names(ref reader))", () =>
                source.Block("combined |= name switch", () =>
                {
                    foreach (var (member, name) in NamesRead(shape))
                    {
                        source.Line($"{Literal(name)} => {type}.{member.Name},");
                    }

                    source.Line($"_ => throw global::Nagare.WireReader.UnknownName<{type}>(ref reader),");
                }, "};"));
            source.Line();
            source.Line("return combined;");
        });
    }

    private static void EmitWriteCombined(SourceWriter source, ShapeModel shape)
    {
        var type = shape.Type.FullName;
        source.Line("// The names with the most flags first; what they leave over has no name.");
        source.Block($"private static void WriteCombined(global::System.Text.Json.Utf8JsonWriter writer, {type} value)", () =>
        {
            source.Line("var rest = value;");
            source.Line("var names = new global::System.Collections.Generic.List<string>();");
            foreach (var member in shape.Flags)
            {
                source.Block($"if ((rest & {type}.{member.Name}) == {type}.{member.Name})", () =>
                {
                    source.Line($"names.Add({Literal(member.WireName)});");
                    source.Line($"rest &= ~{type}.{member.Name};");
                });
                source.Line();
            }

            source.Line("writer.WriteStringValue(rest == default && names.Count > 0 ? string.Join(\", \", names) : throw global::Nagare.WireWriter.Unnamed(value));");
        });
    }

    private static string NameField(EnumMemberModel member) => member.Name.TrimStart('@') + "Name";

    private static string Literal(string text) => Literals.Text(text);
}
