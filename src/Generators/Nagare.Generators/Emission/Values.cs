using System;

namespace Nagare.Generators;

/// <summary>C# that reads and writes a value of the grammar.</summary>
internal static class Values
{
    private const string Codecs = "global::Nagare.WireCodec.";

    /// <summary>An expression of the value at the reader.</summary>
    public static string Read(ValueModel value) => $"{Codec(value)}.Read(ref reader)";

    /// <summary>Whether a foreign type stands anywhere in the value, which then needs a codec of its own in the converter.</summary>
    public static ValueModel? Foreign(ValueModel value) =>
        value.Kind == ValueKind.Foreign ? value : value.Element is { } element ? Foreign(element) : null;

    /// <summary>The name of the codec that a converter nests for a foreign type.</summary>
    public static string ForeignCodec(MemberModel member) => member.Name.TrimStart('@') + "Codec";

    /// <summary>The type whose <c>Read</c> and <c>Write</c> know the value.</summary>
    public static string Codec(ValueModel value, string? foreign = null)
    {
        var inner = value.Kind switch
        {
            ValueKind.Enum or ValueKind.Object => value.Converter!,
            ValueKind.Foreign => foreign!,
            _ when value.Element is { } element => $"{Codecs}{value.Kind}<{element.AnnotatedType}, {Codec(element, foreign)}>",
            _ => Codecs + value.Kind,
        };
        return !value.IsNullable ? inner
            : value.IsValueType ? $"{Codecs}NullableValue<{value.Type}, {inner}>"
            : $"{Codecs}NullableReference<{value.Type}, {inner}>";
    }

    /// <summary>Prints the statements that write a member.</summary>
    public static void WriteMember(SourceWriter source, MemberModel member, string name, string value)
    {
        switch (member.Omission)
        {
            case MemberOmission.WhenNull when member.Value.IsNullable || !member.Value.IsValueType:
                source.Block($"if ({value} is not null)", () => WriteAlways(source, member, name, value));
                break;
            case MemberOmission.WhenDefault:
                source.Block($"if (!global::System.Collections.Generic.EqualityComparer<{member.Value.AnnotatedType}>.Default.Equals({value}, default))", () => WriteAlways(source, member, name, value));
                break;
            default:
                WriteAlways(source, member, name, value);
                break;
        }
    }

    private static void WriteAlways(SourceWriter source, MemberModel member, string name, string value)
    {
        if (member.Value is { Kind: ValueKind.String } text)
        {
            source.Line($"global::Nagare.WireWriter.{(text.IsNullable ? "StringOrNull" : "String")}(writer, {name}, {value});");
        }
        else if (Statement(member.Value.Kind) is { } write)
        {
            if (!member.Value.IsNullable)
            {
                source.Line(write(name, value));
                return;
            }

            source.Block($"if ({value} is {{ }} {member.Local})", () => source.Line(write(name, member.Local)));
            source.Block("else", () => source.Line($"writer.WriteNull({name});"));
        }
        else
        {
            source.Line($"writer.WritePropertyName({name});");
            source.Line($"{Codec(member.Value, ForeignCodec(member))}.Write(writer, {value});");
        }
    }

    // Name and value in one call, where the writer has one.
    private static Func<string, string, string>? Statement(ValueKind kind) => kind switch
    {
        ValueKind.Boolean => static (name, value) => $"writer.WriteBoolean({name}, {value});",
        ValueKind.Byte or ValueKind.SByte or ValueKind.Int16 or ValueKind.UInt16 or ValueKind.Int32 or ValueKind.UInt32 or ValueKind.Int64 or ValueKind.UInt64 or ValueKind.Decimal
            => static (name, value) => $"writer.WriteNumber({name}, {value});",
        ValueKind.Single or ValueKind.Double => static (name, value) => $"global::Nagare.WireWriter.Number(writer, {name}, {value});",
        ValueKind.Guid or ValueKind.DateTime or ValueKind.DateTimeOffset => static (name, value) => $"writer.WriteString({name}, {value});",
        _ => null,
    };
}
