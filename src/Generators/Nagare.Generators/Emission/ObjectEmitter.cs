using System.Linq;

namespace Nagare.Generators;

/// <summary>Prints how an object is read and written: what event converters and converters of nested types have in common.</summary>
internal static class ObjectEmitter
{
    public static void EmitMembers(SourceWriter source, ShapeModel shape)
    {
        EmitNames(source, shape);
        source.Line();
        EmitRead(source, shape);
        source.Line();
        EmitWrite(source, shape);
        foreach (var member in shape.Members.Where(member => member.Assignment == MemberAssignment.InitAccessor))
        {
            source.Line();
            EmitInitAccessor(source, shape, member);
        }

        foreach (var member in shape.Members.Where(member => member.Assignment == MemberAssignment.Field))
        {
            source.Line();
            source.Line($"[global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Field, Name = {Literal(member.Field!)})]");
            source.Line($"private static extern ref {member.Value.AnnotatedType} {FieldOf(member)}({member.DeclaringType} target);");
        }

        foreach (var member in shape.Members)
        {
            if (Values.Foreign(member.Value) is { } foreign)
            {
                source.Line();
                EmitForeignCodec(source, member, foreign);
            }
        }
    }

    private static void EmitNames(SourceWriter source, ShapeModel shape)
    {
        source.Line("private static readonly global::Nagare.WireMembers Members = new(");
        source.Line("[");
        source.Indented(() =>
        {
            foreach (var member in shape.Members)
            {
                source.Line($"new({Literal(member.WireName)}{(member.IsOptional ? ", IsOptional: true" : "")}){(member.FormerNames.Count == 0 ? "" : $" {{ FormerNames = {Literals.List(member.FormerNames)} }}")},");
            }
        });
        source.Line("]);");
        foreach (var member in shape.Members)
        {
            source.Line();
            source.Line($"private static readonly global::System.Text.Json.JsonEncodedText {NameField(member)} = global::System.Text.Json.JsonEncodedText.Encode({Literal(member.WireName)});");
        }
    }

    private static void EmitRead(SourceWriter source, ShapeModel shape)
    {
        source.Block($"public static {shape.Type.FullName} Read(ref global::System.Text.Json.Utf8JsonReader reader)", () =>
        {
            foreach (var member in shape.Members)
            {
                source.Line($"{VariableType(member)} {member.Local} = {member.Default};");
            }

            source.Line("var members = Members.Start(ref reader);");
            EmitLoop(source, shape);
            source.Line();
            EmitConstruction(source, shape);
        });
    }

    private static void EmitLoop(SourceWriter source, ShapeModel shape)
    {
        if (shape.Members.Count == 0)
        {
            source.Block("while (members.Next(ref reader))", () => { });
            return;
        }

        source.Block("while (members.Next(ref reader))", () => source.Block("switch (members.Current)", () =>
        {
            for (var i = 0; i < shape.Members.Count; i++)
            {
                var member = shape.Members[i];
                source.Line($"case {i}:");
                source.Indented(() =>
                {
                    source.Line($"{member.Local} = {Values.Codec(member.Value, Values.ForeignCodec(member))}.Read(ref reader);");
                    source.Line("break;");
                });
            }
        }));
    }

    private static void EmitConstruction(SourceWriter source, ShapeModel shape)
    {
        var construction = $"new {shape.Type.FullName}({string.Join(", ", shape.ConstructorArguments)})";
        var initialized = shape.Members.Where(member => member.Assignment == MemberAssignment.Initializer).ToList();
        var late = shape.Members.Select((member, index) => (member, index))
            .Where(pair => pair.member.Assignment is MemberAssignment.Setter or MemberAssignment.Field or MemberAssignment.InitAccessor).ToList();
        var head = late.Count == 0 ? "return " : "var result = ";
        if (initialized.Count == 0)
        {
            source.Line($"{head}{construction};");
        }
        else
        {
            source.Block(head + construction, () =>
            {
                foreach (var member in initialized)
                {
                    source.Line($"{member.Name} = {MemberParser.Argument(member)},");
                }
            }, "};");
        }

        foreach (var (member, index) in late)
        {
            source.Block($"if (members.Has({index}))", () => source.Line(member.Assignment switch
            {
                MemberAssignment.Setter => $"result.{member.Name} = {MemberParser.Argument(member)};",
                MemberAssignment.Field => $"{FieldOf(member)}(result) = {MemberParser.Argument(member)};",
                _ => $"{Setter(member)}({(shape.Type.IsValueType ? "ref " : "")}result, {MemberParser.Argument(member)});",
            }));
        }

        if (late.Count > 0)
        {
            source.Line("return result;");
        }
    }

    private static void EmitWrite(SourceWriter source, ShapeModel shape)
    {
        source.Block($"public static void Write(global::System.Text.Json.Utf8JsonWriter writer, {shape.Type.FullName} value)", () =>
        {
            if (!shape.Type.IsValueType)
            {
                source.Block("if (value is null)", () => source.Line("throw global::Nagare.WireWriter.Null();"));
                source.Line();
            }

            source.Line("writer.WriteStartObject();");
            foreach (var member in shape.Members)
            {
                Values.WriteMember(source, member, NameField(member), "value." + member.Name);
            }

            source.Line("writer.WriteEndObject();");
        });
    }

    // An object initializer would set the member even where it is absent, and so replace the default that its property has.
    private static void EmitInitAccessor(SourceWriter source, ShapeModel shape, MemberModel member)
    {
        var target = shape.Type.IsValueType ? "ref " : "";
        if (member.GenericSetter is { } generic)
        {
            source.Block($"private static class {HolderOf(member)}{generic.TypeParameters}{generic.Constraints}", () =>
                EmitAccessor(source, member, $"public static extern void Set({target}{generic.Target} target, {generic.Value} value);"));
        }
        else
        {
            EmitAccessor(source, member, $"private static extern void {Setter(member)}({target}{member.DeclaringType} target, {member.Value.AnnotatedType} value);");
        }
    }

    private static void EmitAccessor(SourceWriter source, MemberModel member, string declaration)
    {
        source.Line($"[global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = \"set_{member.Name.TrimStart('@')}\")]");
        source.Line(declaration);
    }

    private static string Setter(MemberModel member) =>
        member.GenericSetter is { } generic ? $"{HolderOf(member)}{generic.TypeArguments}.Set" : "Set" + member.Name.TrimStart('@');

    private static string FieldOf(MemberModel member) => member.Name.TrimStart('@') + "Field";

    private static string HolderOf(MemberModel member) => member.Name.TrimStart('@') + "Setter";

    private static void EmitForeignCodec(SourceWriter source, MemberModel member, ValueModel foreign)
    {
        source.Block($"private readonly struct {Values.ForeignCodec(member)} : global::Nagare.IWireCodec<{foreign.Type}>", () =>
        {
            source.Line($"private static readonly global::System.Text.Json.Serialization.Metadata.JsonTypeInfo<{foreign.Type}> TypeInfo = global::Nagare.WireReader.TypeInfo<{foreign.Type}>({foreign.Converter}.Default);");
            source.Line();
            source.Line($"public static {foreign.Type} Read(ref global::System.Text.Json.Utf8JsonReader reader) => global::Nagare.WireReader.Foreign(ref reader, TypeInfo);");
            source.Line();
            source.Line($"public static void Write(global::System.Text.Json.Utf8JsonWriter writer, {foreign.Type} value) => global::Nagare.WireWriter.Foreign(writer, value, TypeInfo);");
        });
    }

    private static string NameField(MemberModel member) => member.Name.TrimStart('@') + "Name";

    private static string VariableType(MemberModel member) => member.Value.IsValueType ? member.Value.AnnotatedType : member.Value.Type + "?";

    private static string Literal(string text) => Literals.Text(text);
}
