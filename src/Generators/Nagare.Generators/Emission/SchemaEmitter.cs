using System.Linq;
using Nagare.Schema;

namespace Nagare.Generators;

/// <summary>Prints an event's schema as assembly metadata, where tools read it without loading the assembly. A file an event, as its codec is.</summary>
internal static class SchemaEmitter
{
    public static GeneratedFile Emit(ParsedEvent parsed)
    {
        var source = new SourceWriter();
        var lines = EventSchema.Of(parsed).ToString().TrimEnd('\n').Split('\n').Select(line => Literals.Text(line + "\n"));
        source.Line($"[assembly: global::System.Reflection.AssemblyMetadata({Literals.Text(SchemaLock.MetadataKey)},");
        source.Indented(() => source.Lines(string.Join("\n+ ", lines) + ")]"));
        return new GeneratedFile(parsed.Event.Type.HintName + ".Schema.g.cs", source.ToString());
    }
}
