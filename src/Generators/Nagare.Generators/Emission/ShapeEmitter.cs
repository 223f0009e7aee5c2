namespace Nagare.Generators;

/// <summary>Prints the converter of a type inside events.</summary>
internal static class ShapeEmitter
{
    public static GeneratedFile Emit(ShapeModel shape)
    {
        var source = new SourceWriter();
        Placement.Around(source, shape.Type, accessibility =>
        {
            source.Line("/// <summary>Reads and writes a type inside events.</summary>");
            source.Line(SourceWriter.GeneratedCode);
            source.Block($"{accessibility} sealed class {ConverterNames.SimpleName(shape.Type)} : global::System.Text.Json.Serialization.JsonConverter<{shape.Type.FullName}>, global::Nagare.IWireCodec<{shape.Type.FullName}>", () =>
            {
                if (shape.IsEnum)
                {
                    EnumEmitter.EmitMembers(source, shape);
                }
                else
                {
                    ObjectEmitter.EmitMembers(source, shape);
                }

                source.Line();
                source.Line($"public override {shape.Type.FullName} Read(ref global::System.Text.Json.Utf8JsonReader reader, global::System.Type typeToConvert, global::System.Text.Json.JsonSerializerOptions options) => Read(ref reader);");
                source.Line();
                source.Line($"public override void Write(global::System.Text.Json.Utf8JsonWriter writer, {shape.Type.FullName} value, global::System.Text.Json.JsonSerializerOptions options) => Write(writer, value);");
            });
        });
        return new GeneratedFile(shape.Type.HintName + ".Codec.g.cs", source.End());
    }
}
