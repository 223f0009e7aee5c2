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
            var converter = ConverterNames.SimpleName(shape.Type);
            source.Block($"{accessibility} sealed class {converter} : global::Nagare.WireConverter<{shape.Type.FullName}, {converter}>, global::Nagare.IWireCodec<{shape.Type.FullName}>", () =>
            {
                if (shape.IsEnum)
                {
                    EnumEmitter.EmitMembers(source, shape);
                }
                else
                {
                    ObjectEmitter.EmitMembers(source, shape);
                }
            });
        });
        return new GeneratedFile(shape.Type.HintName + ".Codec.g.cs", source.End());
    }
}
