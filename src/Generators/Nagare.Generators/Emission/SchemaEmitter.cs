using System.Linq;
using Nagare.Schema;

namespace Nagare.Generators;

/// <summary>Prints schemas as assembly metadata, where tools read them without loading the assembly. A file an event, as its codec is.</summary>
internal static class SchemaEmitter
{
    public static GeneratedFile Emit(ParsedEvent parsed) => Emit(parsed.Event.Type.HintName, EventSchema.Of(parsed));

    public static GeneratedFile Emit(ParsedPastEvent parsed) => Emit(parsed.Event.Type.HintName, EventSchema.Of(parsed));

    public static GeneratedFile Emit(FamilyJsonUpcasters upcasters) =>
        Emit(upcasters.Family.Type.HintName + ".PastJson", SchemaMerge.Of(upcasters.Stored.Select(stored => EventSchema.OfJson(upcasters.Family.Name, stored.Name, stored.Version))));

    private static GeneratedFile Emit(string name, SchemaLock schema)
    {
        var source = new SourceWriter();
        var lines = schema.ToString().TrimEnd('\n').Split('\n').Select(line => Literals.Text(line + "\n"));
        source.Line($"[assembly: global::System.Reflection.AssemblyMetadata({Literals.Text(SchemaLock.MetadataKey)},");
        source.Indented(() => source.Lines(string.Join("\n+ ", lines) + ")]"));
        return new GeneratedFile(name + ".Schema.g.cs", source.ToString());
    }
}
