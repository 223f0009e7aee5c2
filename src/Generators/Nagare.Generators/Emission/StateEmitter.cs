
namespace Nagare.Generators;

/// <summary>Prints <c>Describe</c> of an aggregate: its public properties as JSON, for people and for diffs.</summary>
internal static class StateEmitter
{
    // Inside the aggregate, so that it sees what the aggregate sees; named so that no user's member is.
    private const string Holder = "NagareDescription";

    public static GeneratedFile Emit(StateModel state)
    {
        var source = new SourceWriter();
        Placement.Inside(source, state.Type, "", () =>
        {
            source.Line("/// <summary>Writes the state's public properties as one JSON object, in the order of their declaration.</summary>");
            source.Line(SourceWriter.GeneratedCode);
            source.Line($"public static void Describe({state.Type.FullName} state, global::System.Text.Json.Utf8JsonWriter writer) => {Holder}.Write(writer, state);");
            source.Line();
            source.Line(SourceWriter.GeneratedCode);
            source.Block($"private static class {Holder}", () =>
            {
                for (var i = 0; i < state.Shapes.Count; i++)
                {
                    if (i > 0)
                    {
                        source.Line();
                    }

                    EmitShape(source, state.Shapes[i]);
                }
            });
        });
        return new GeneratedFile(state.Type.HintName + ".State.g.cs", source.End());
    }

    private static void EmitShape(SourceWriter source, StateShapeModel shape)
    {
        var nullable = shape.IsValueType ? "" : "?";
        source.Block($"public static void {shape.Method}(global::System.Text.Json.Utf8JsonWriter writer, {shape.FullName}{nullable} value)", () =>
        {
            if (shape.EnumMembers is { } names)
            {
                EmitEnum(source, shape, names);
                return;
            }

            if (!shape.IsValueType)
            {
                source.Block("if (value is null)", () =>
                {
                    source.Line("writer.WriteNullValue();");
                    source.Line("return;");
                });
                source.Line();
            }

            source.Line("writer.WriteStartObject();");
            foreach (var member in shape.Members)
            {
                source.Line($"writer.WritePropertyName({Literal(member.WireName)}u8);");
                source.Line($"{Write(member.Value, "value." + member.Name)};");
            }

            source.Line("writer.WriteEndObject();");
        });
    }

    private static void EmitEnum(SourceWriter source, StateShapeModel shape, EquatableArray<EnumMemberModel> names)
    {
        source.Block("writer.WriteStringValue(value switch", () =>
        {
            foreach (var name in names)
            {
                if (!name.IsAlias)
                {
                    source.Line($"{shape.FullName}.{name.Name} => {Literal(name.WireName)},");
                }
            }

            source.Line("_ => value.ToString(\"D\"),");
        }, "});");
    }

    private static string Write(StateValueModel value, string expression) => value.Kind switch
    {
        StateValueKind.Scalar => $"global::Nagare.StateWriter.Write(writer, {expression})",
        StateValueKind.Shape => $"{value.Argument}(writer, {expression})",
        StateValueKind.Foreign => $"global::Nagare.StateWriter.Foreign(writer, {expression}, {value.Argument}.Default)",
        StateValueKind.Opaque => $"global::Nagare.StateWriter.Opaque(writer, {Literal(value.Argument!)})",
        _ => $"global::Nagare.StateWriter.{value.Kind}(writer, {expression}, static (writer, item) => {Write(value.Element!, "item")})",
    };

    private static string Literal(string text) => Literals.Text(text);
}
