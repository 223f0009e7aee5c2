namespace Nagare.Generators;

/// <summary>Prints the converter of a past event: only read from journals, but written too, so that tests can make what was stored.</summary>
internal static class PastEventEmitter
{
    public static GeneratedFile Emit(ParsedPastEvent parsed)
    {
        var e = parsed.Event;
        var source = new SourceWriter();
        if (e.Shape.Problem is null)
        {
            SchemaEmitter.EmitMetadata(source, EventSchema.Facts(parsed));
            source.Line();
        }

        Placement.Around(source, e.Type, accessibility => EmitConverter(source, e, accessibility));
        return new GeneratedFile(e.Type.HintName + ".PastEvent.g.cs", source.End());
    }

    private static void EmitConverter(SourceWriter source, PastEventModel e, string accessibility)
    {
        var type = e.Type.FullName;
        var storedAs = e.FamilyName + "/" + e.Name;
        var converter = ConverterNames.SimpleName(e.Type);
        source.Line($"/// <summary>Reads and writes the past event {storedAs}, schema version {e.Version}.</summary>");
        source.Line(SourceWriter.GeneratedCode);
        var converts = $"global::Nagare.EventConverter<{type}, {converter}>";
        var name = $"{Literals.Text(storedAs)}, {e.Version}";
        if (e.Shape.Problem is not { } problem)
        {
            source.Block(
                $"{accessibility} sealed class {converter}() : {converts}({name}), global::Nagare.IWireCodec<{type}>",
                () => ObjectEmitter.EmitMembers(source, e.Shape));
            return;
        }

        source.Block($"{accessibility} sealed class {converter} : {converts}, global::Nagare.IWireCodec<{type}>", () =>
        {
            source.Line("/// <summary>Nothing can be listed.</summary>");
            source.Line($"public {converter}() : base({name}) => throw new global::Nagare.EventModelException(Problem);");
            source.Line();
            EventEmitter.EmitRefusal(source, type, $"{storedAs}, schema version {e.Version}, cannot be read: {problem}.");
        });
    }
}
