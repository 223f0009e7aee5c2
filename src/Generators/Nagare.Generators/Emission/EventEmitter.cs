namespace Nagare.Generators;

/// <summary>Prints the converter of an event, and beside it all else that is known about the event at compile time.</summary>
internal static class EventEmitter
{
    public static GeneratedFile Emit(ParsedEvent parsed)
    {
        var e = parsed.Event;
        var source = new SourceWriter();
        if (e.Shape.Problem is null)
        {
            SchemaEmitter.EmitMetadata(source, EventSchema.Facts(parsed));
            source.Line();
        }

        Placement.Around(
            source,
            e.Type,
            accessibility => EmitConverter(source, e, accessibility),
            next => EmitForwarder(source, e, next));
        return new GeneratedFile(e.Type.HintName + ".Event.g.cs", source.End());
    }

    private static void EmitConverter(SourceWriter source, EventModel e, string accessibility)
    {
        var type = e.Type.FullName;
        source.Line($"/// <summary>Reads and writes the event {e.FamilyName}/{e.Name}, schema version {e.Version}.</summary>");
        source.Line(SourceWriter.GeneratedCode);
        var converter = ConverterNames.SimpleName(e.Type);
        source.Block($"{accessibility} sealed class {converter}() : global::Nagare.EventConverter<{type}, {converter}>({Literals.Text(e.FamilyName + "/" + e.Name)}, {e.Version}), global::Nagare.IWireCodec<{type}>", () =>
        {
            if (e.Shape.Problem is { } problem)
            {
                source.Line("/// <summary>Nothing can be listed.</summary>");
                source.Line($"public static global::Nagare.EventType<{type}> EventType => throw new global::Nagare.EventModelException(Problem);");
                source.Line();
                EmitRefusal(source, type, $"{e.FamilyName}/{e.Name} cannot be stored: {problem}.");
                return;
            }

            EmitEventType(source, e);
            source.Line();
            ObjectEmitter.EmitMembers(source, e.Shape);
            if (e.Template is not null)
            {
                source.Line();
                TemplateEmitter.EmitExplain(source, $"private static global::Nagare.Explanation Explain({type} e, global::Nagare.Envelope at)", e.Template);
            }
        });
    }

    private static void EmitEventType(SourceWriter source, EventModel e)
    {
        source.Line("/// <summary>What the model lists.</summary>");
        source.Line($"public static global::Nagare.EventType<{e.Type.FullName}> EventType {{ get; }} = new(");
        source.Indented(() =>
        {
            source.Line($"{Literals.Text(e.FamilyName)},");
            source.Line($"{Literals.Text(e.Name)},");
            source.Line($"{e.Version},");
            source.Text(e.Schema, ",");
            var end = e.FormerNames.Count == 0 ? ");" : ")";
            source.Line($"new {ConverterNames.SimpleName(e.Type)}(){(e.Template is null ? end : ",")}");
            if (e.Template is { } template)
            {
                source.Line($"{TemplateEmitter.Construction(template)},");
                source.Line("Explain" + end);
            }
        });
        if (e.FormerNames.Count > 0)
        {
            source.Block("", () => source.Line($"FormerNames = {Literals.List(e.FormerNames)},"), "};");
        }
    }

    // A model that lists the event fails at start-up, which is where every contradiction in a model is found.
    public static void EmitRefusal(SourceWriter source, string type, string problem)
    {
        source.Line($"private const string Problem = {Literals.Text(problem)};");
        source.Line();
        source.Line($"public static {type} Read(ref global::System.Text.Json.Utf8JsonReader reader) => throw new global::Nagare.EventModelException(Problem);");
        source.Line();
        source.Line($"public static void Write(global::System.Text.Json.Utf8JsonWriter writer, {type} value) => throw new global::Nagare.EventModelException(Problem);");
    }

    private static void EmitForwarder(SourceWriter source, EventModel e, ContainingTypeModel? next)
    {
        source.Line($"/// <summary>The event {e.FamilyName}/{e.Name}, for the family's list.</summary>");
        source.Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");
        source.Line(SourceWriter.GeneratedCode);
        source.Line($"internal static global::Nagare.EventType {e.Type.MangledName}EventType => {(next is null ? $"{ConverterNames.SimpleName(e.Type)}.EventType" : $"{next.Name}.{e.Type.MangledName}EventType")};");
    }
}
